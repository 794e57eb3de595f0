"""Text whose bytes were read in another code page than it was written in, with nothing lost."""

from fixtext.detectors.misdecoded.detector import MisdecodedDetector

__all__ = ["MisdecodedDetector"]

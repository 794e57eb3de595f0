"""Lost bytes: what a wrong reading threw away is put back where the rest tells what it was."""

from fixtext.detectors.lossy.detector import LossyDetector

__all__ = ["LossyDetector"]

"""Western text misread: UTF-8 read in a single-byte page, through the library ftfy."""

from fixtext.detectors.western.detector import WesternDetector

__all__ = ["WesternDetector"]

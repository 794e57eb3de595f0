"""Floor 4: from bytes to text. What encoding they are in, weighed in bits; knows nothing of repair."""

from fixtext.charset.detection import Candidate, Detection, detect

__all__ = ["Candidate", "Detection", "detect"]

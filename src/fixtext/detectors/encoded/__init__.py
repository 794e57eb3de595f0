"""Text left encoded: HTML references, escapes, percent-encoding, quoted-printable, MIME words."""

from fixtext.detectors.encoded.detector import EncodedDetector

__all__ = ["EncodedDetector"]

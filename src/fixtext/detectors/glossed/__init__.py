"""Damage ``glossed``: pinyin glosses put into GBK pages, and what their bytes tore apart."""

from fixtext.detectors.glossed.detector import GlossedDetector

__all__ = ["GlossedDetector"]

"""Floor 4: script conversion, only ever by name. Knows nothing of repair.

>>> from fixtext.script import convert
>>> convert("里面", "s2tw")
'裡面'
"""

from fixtext.script.conversion import Conversion, Converter, convert, convert_edits
from fixtext.script.routes import ALIASES

__all__ = ["ALIASES", "Conversion", "Converter", "convert", "convert_edits"]

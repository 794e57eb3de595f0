"""Floor 1: what healthy text looks like. Knows nothing about damage.

`default_model` opens the character n-gram model that comes with the package; `LanguageModel.transition` and
`LanguageModel.bits` say how many bits a character or a text costs. docs/language-model.md tells where the model comes
from and how good it is.
"""

from fixtext.language.model import LanguageModel, characters_of, default_model, fold, script_of
from fixtext.language.table import ModelFileError

__all__ = ["LanguageModel", "ModelFileError", "characters_of", "default_model", "fold", "script_of"]

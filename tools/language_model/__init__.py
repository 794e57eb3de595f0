"""Builds the data file of `fixtext.language` from published packages; see docs/language-model.md."""

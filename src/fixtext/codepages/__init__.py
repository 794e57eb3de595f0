"""Floor 0: legacy encodings as they behave in the wild."""

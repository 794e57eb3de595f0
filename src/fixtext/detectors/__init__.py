"""Floor 3: one file a kind of damage."""

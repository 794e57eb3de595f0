"""Floor 1: what healthy text looks like. Knows nothing about damage."""

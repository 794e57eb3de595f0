"""Files of the command: which ones, read whole, written whole or not at all."""

"""Files of the command: which ones, read whole, written whole or not at all."""

TEMPORARY = ".fixtext-tmp"
"""How the names of temporary files end; directories are searched without them."""

BACKUP_SUFFIX = ".bak"
"""What ``--backup`` appends to a name unless another suffix is given."""

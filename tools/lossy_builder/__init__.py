"""Parts of build_lossy_tables.py: reading packages, counting, and fitting a classifier."""

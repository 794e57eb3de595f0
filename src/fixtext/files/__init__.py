"""Inputs of any size: cut into windows, repaired one by one or by several processes, put together again."""

SIZE = 1 << 20
"""Bytes of a window, about. Memory grows with it; time hardly changes between 256 KiB and 4 MiB."""

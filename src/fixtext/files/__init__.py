"""Inputs of any size: cut into windows, repaired one by one or by several processes, put together again."""

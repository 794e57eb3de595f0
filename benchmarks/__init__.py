"""A benchmark of text damage: how much is repaired, what healthy text is harmed, how fast. See docs/benchmark.md."""

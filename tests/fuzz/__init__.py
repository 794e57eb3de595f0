"""Coverage-guided fuzzing of what takes text and bytes from strangers; see docs/fuzzing.md."""

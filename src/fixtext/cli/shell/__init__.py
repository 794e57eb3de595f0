"""What a shell wants to know about the command: completion, the man page, the version."""

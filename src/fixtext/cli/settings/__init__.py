"""Settings of the command: options, configuration files, and what of both holds for a file."""

"""``python -m fixtext``: the command."""

from fixtext.cli.command import main

if __name__ == "__main__":
    main()

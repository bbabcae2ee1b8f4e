"""Runs the `joinedup` command with `python -m joinedup.config`."""

import sys

from joinedup.config.command import main

# The server's worker imports this module again, and must not run it.
if __name__ == "__main__":
    sys.exit(main())

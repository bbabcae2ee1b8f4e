"""Runs the `joinedup` command with `python -m joinedup.config`."""

import sys

from joinedup.config.command import main

sys.exit(main())

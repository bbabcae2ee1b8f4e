"""Builds the style sheet and scripts: `python -m joinedup.foundations.core.styles [node]`."""

import sys

from joinedup.foundations.core.styles import build

build(*sys.argv[1:2])

"""Run the command line as `python -m ropa`."""

from __future__ import annotations

import sys

from ropa.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""`ropa completion`: a script by which a shell completes commands, options and their values."""

from __future__ import annotations

import argparse
import sys

from ropa.cli.main import OK, whole_parser
from ropa.cli.shells import SHELLS
from ropa.cli.words import commands_of

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("shell", metavar="SHELL", choices=SHELLS, help=f"{', '.join(SHELLS)}; docs/editor.md says where the script goes")  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    sys.stdout.write(SHELLS[options.shell](commands_of(whole_parser())))
    return OK

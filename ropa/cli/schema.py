"""`ropa schema`: the JSON Schema of a register, for editors and validators."""

from __future__ import annotations

import argparse
import json
import sys

from ropa.cli.main import OK
from ropa.fields import fields_page
from ropa.schema import register_schema

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument(
        "--format", choices=("json", "markdown"), default="json", help="the schema, or its fields as a page for people"
    )


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    if options.format == "markdown":
        sys.stdout.write(fields_page())
        return OK
    sys.stdout.write(json.dumps(register_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    return OK

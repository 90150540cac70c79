"""`ropa schema`: the JSON Schema of a register, for editors and validators."""

from __future__ import annotations

import argparse
import sys

from ropa.cli.main import OK
from ropa.cli.writing import write_all
from ropa.fields import fields_page
from ropa.schema import file_schema, register_schema, schema_text

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument(
        "--format",
        choices=("json", "editor", "markdown"),
        default="json",
        help="the schema of a whole register, that of each of its files for an editor, or its fields as a page for people",
    )
    command.add_argument("-o", "--output", metavar="FILE", help="write there instead of printing")


def run(options: argparse.Namespace) -> int:
    """Print the schema, or write it."""
    if options.format == "markdown":
        text = fields_page()
    else:
        text = schema_text(file_schema() if options.format == "editor" else register_schema())
    if options.output is None:
        sys.stdout.write(text)
    else:
        write_all({options.output: text})
    return OK

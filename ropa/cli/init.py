"""`ropa init`: a small, commented, valid register that a newcomer can grow, with the schema that an editor asks for."""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

from ropa.cli.main import OK
from ropa.cli.writing import write_all
from ropa.errors import WriteError
from ropa.schema import SCHEMA_FILE, file_schema, schema_text

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("folder", metavar="DIR", help="the folder to begin the register in")


def run(options: argparse.Namespace) -> int:
    """Write the register and its schema, unless something stands there already: both, or neither."""
    folder = Path(options.folder)
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise WriteError(str(folder), "something stands there already; name a new folder")
    starter = (files("ropa.cli") / "starter.yaml").read_text(encoding="utf-8")
    register = folder / "register.yaml"
    write_all({str(register): starter, str(folder / SCHEMA_FILE): schema_text(file_schema())})
    print(f"Wrote {register}, and {SCHEMA_FILE} for your editor. Next: ropa check {folder}")
    return OK

"""`ropa init`: a small, commented, valid register that a newcomer can grow."""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

from ropa.cli.main import OK
from ropa.errors import WriteError

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("folder", metavar="DIR", help="the folder to begin the register in")


def run(options: argparse.Namespace) -> int:
    """Write the register, unless something stands there already."""
    folder = Path(options.folder)
    target = folder / "register.yaml"
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise WriteError(str(folder), "something stands there already; name a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text((files("ropa.cli") / "starter.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise WriteError(str(target), error.strerror or str(error)) from error
    print(f"Wrote {target}. Next: ropa check {folder}")
    return OK

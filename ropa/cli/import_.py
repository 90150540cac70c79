"""`ropa import`: an edited workbook becomes a change of the register's text, to be looked at and then written."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from ropa.cli.main import CONFLICTS, OK, UNREADABLE, add_language, asked_law, read_register
from ropa.source import visible
from ropa.workbook import Returned, import_workbook

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("file", metavar="FILE", help="the workbook that came back (.xlsx or .ods)")
    command.add_argument("--into", dest="path", required=True, metavar="PATH", help="the register's folder, or its single file")  # fmt: skip
    command.add_argument("--write", action="store_true", help="change the register's files: all of them, or none")
    command.add_argument("--layout", default="", metavar="FILE", help="your own layout, if the workbook was exported with one")  # fmt: skip
    command.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for machines")  # fmt: skip
    add_language(command)
    command.add_argument("--law", action="append", default=[], metavar="DIR", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Show what the workbook changes; with `--write`, change it."""
    loaded = read_register(options.path)
    if loaded is None:
        return UNREADABLE
    found = import_workbook(loaded, options.file, law=asked_law(options), layout=options.layout)
    if options.write and found.ok:
        found.write()
    if options.format == "json":
        print(json.dumps(_as_data(found, options.language, wrote=options.write and found.ok), ensure_ascii=False, indent=2))  # fmt: skip
    else:
        print("\n".join([*_lines(found, options.language), _end(found, options)]))
    if found.refused:
        return UNREADABLE
    return CONFLICTS if found.conflicts else OK


def _lines(found: Returned, language: str) -> Iterator[str]:
    for change in found.changes:
        yield f"{change.kind:<9} {visible(change.path)}" + (f"  ({change.cell})" if change.cell else "")
        if change.before is not None:
            yield f"        - {_said(change.before)}"
        if change.after is not None:
            yield f"        + {_said(change.after)}"
    for title, remarks in (("conflict", found.conflicts), ("refused", found.refused), ("note", found.remarks)):
        for remark in remarks:
            yield f"{title:<9} {visible(str(remark.cell))}: {visible(remark.words(language))}"


def _said(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = visible(text)
    return text if len(text) <= 160 else f"{text[:159]}…"


def _end(found: Returned, options: argparse.Namespace) -> str:
    """Say how it ends, and the one thing to do next."""
    if not found.ok:
        return "Nothing was written: what is refused or in conflict comes first."
    if not found.changes:
        return "No differences."
    files = f"{len(found.files)} file{'' if len(found.files) == 1 else 's'}"
    count = f"{len(found.changes)} change{'' if len(found.changes) == 1 else 's'} in {files}"
    if options.write:
        return f"{count} written. Look at them with `git diff`, then `ropa check {options.path}`."
    return f"{count}. Nothing was written: add --write."


def _as_data(found: Returned, language: str, *, wrote: bool) -> dict[str, Any]:
    remarks = {
        name: [{"cell": str(one.cell), "message": one.words(language)} for one in of]
        for name, of in (("conflicts", found.conflicts), ("refused", found.refused), ("notes", found.remarks))
    }
    changes = [{"kind": one.kind, "path": one.path, "cell": one.cell, "before": one.before, "after": one.after} for one in found.changes]  # fmt: skip
    return {"changes": changes, **remarks, "files": sorted(found.files), "written": wrote}

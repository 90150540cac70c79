"""`ropa export`: the workbook that the supervisory authority asks for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ropa.changes import revision_of
from ropa.checking import Report
from ropa.cli.checked import add_revision, add_rules, asked_register, checked
from ropa.cli.main import FINDINGS, OK, UNREADABLE, add_config, add_law, asked_day, given_day, refuse_sources
from ropa.errors import WriteError
from ropa.languages import LANGUAGES
from ropa.loading import Loaded
from ropa.reports import render
from ropa.source.saving import put
from ropa.workbook import export, export_csv, workbook_of

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file")
    command.add_argument("-o", "--output", required=True, metavar="FILE", help="the workbook to write (register.xlsx), or with --format csv a new folder")  # fmt: skip
    command.add_argument("--format", choices=("xlsx", "csv"), default="xlsx", help="a workbook, or a CSV file for each sheet")  # fmt: skip
    command.add_argument("--layout", default="article30", metavar="NAME", help="article30 (default), ico, cnil, apd, processor, or a file of your own (docs/workbook.md)")  # fmt: skip
    command.add_argument("--language", action="append", choices=LANGUAGES, default=None, help="repeatable, for a workbook that speaks several (default: the register's own)")  # fmt: skip
    command.add_argument("--for", dest="audience", choices=("authority",), help="leave out what is internal: findings, waivers, assessments, notes, own fields")  # fmt: skip
    command.add_argument("--committed", action="store_true", help="the file is kept in git with the register: write it only if it says something else by now, and exit with 1 then; its day stays until it does")  # fmt: skip
    add_revision(command)
    add_law(command)
    add_config(command)
    add_rules(command)


def run(options: argparse.Namespace) -> int:
    """Check a register and write its workbook; a register that cannot be read whole writes nothing."""
    _refuse(options)
    loaded = asked_register(options)
    refuse_sources(loaded, options.output, options.path)
    if loaded.register is None:
        sys.stdout.write(render(checked(loaded, options)))
        print(f"ropa: {options.output} was not written.", file=sys.stderr)
        return UNREADABLE
    if options.committed:
        return _keep(loaded, options)
    report = checked(loaded, options)
    if options.format == "csv":
        export_csv(report, options.output, **_edition(loaded, options))
    else:
        export(report, options.output, revision=revision_of(loaded), progress=_progress(), **_edition(loaded, options))
    print(f"Wrote {options.output}: {_counts(report)}.")
    return OK


def _refuse(options: argparse.Namespace) -> None:
    """Refuse what cannot be written, before anything is read. Raises WriteError."""
    if options.format == "xlsx" and not options.output.lower().endswith(".xlsx"):
        raise WriteError(options.output, "a workbook is called like register.xlsx")
    if options.committed and (options.format != "xlsx" or options.rev is not None or options.rev_on is not None):
        options.command.error("--committed is for the workbook of the text beside it: without --format csv, --rev, --rev-on")  # fmt: skip


def _edition(loaded: Loaded, options: argparse.Namespace) -> dict[str, Any]:
    """Return as what the register is to be written."""
    assert loaded.register is not None
    own = loaded.register.language if loaded.register.language in LANGUAGES else "en"
    return {
        "language": options.language or [own],
        "layout": options.layout,
        "authority": options.audience == "authority",
    }


def _keep(loaded: Loaded, options: argparse.Namespace) -> int:
    """Write a workbook that is committed with its register, unless it says the same already; tell by the exit code."""
    from ropa.workbook.keeping import is_current

    def make(on: date) -> bytes:
        report = checked(loaded, argparse.Namespace(**{**vars(options), "on": on}))
        return workbook_of(report, progress=_progress(), **_edition(loaded, options))

    there = Path(options.output).read_bytes() if Path(options.output).is_file() else b""
    if is_current(there, make, given_day(options)):
        print(f"{options.output} says what the register says.")
        return OK
    put(make(asked_day(options)), options.output)
    print(f"Wrote {options.output}, which was missing or said something else: commit it with the register.")
    return FINDINGS


def _counts(report: Report) -> str:
    register = report.loaded.register
    assert register is not None
    activities, services = len(register.activities), len(register.services)
    waived = len(report.waived)
    findings = len(report.findings) - waived
    said = f"{activities} activit{'y' if activities == 1 else 'ies'}, "
    said += f"{services} service{'' if services == 1 else 's'}, " if services else ""
    said += f"{findings} finding{'' if findings == 1 else 's'}"
    return said + (f", {waived} waived" if waived else "")


def _progress() -> Callable[[int, int], None] | None:
    """Return what shows how far the work is: a bar on stderr, on a terminal only."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None

    def show(done: int, of: int) -> None:
        bar = "#" * (24 * done // of)
        sys.stderr.write(f"\r{bar:<24} {done}/{of}" if done < of else f"\r{'':<36}\r")
        sys.stderr.flush()

    return show

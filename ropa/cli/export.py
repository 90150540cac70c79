"""`ropa export`: the workbook that the supervisory authority asks for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from ropa.changes import revision_of
from ropa.checking import Report
from ropa.cli.checked import add_revision, add_rules, asked_register, checked
from ropa.cli.main import OK, UNREADABLE, add_config, add_law, refuse_sources
from ropa.errors import WriteError
from ropa.languages import LANGUAGES
from ropa.reports import render
from ropa.workbook import export, export_csv

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file")
    command.add_argument("-o", "--output", required=True, metavar="FILE", help="the workbook to write (register.xlsx), or with --format csv a new folder")  # fmt: skip
    command.add_argument("--format", choices=("xlsx", "csv"), default="xlsx", help="a workbook, or a CSV file for each sheet")  # fmt: skip
    command.add_argument("--layout", default="article30", metavar="NAME", help="article30 (default), ico, cnil, apd, processor, or a file of your own (docs/workbook.md)")  # fmt: skip
    command.add_argument("--language", action="append", choices=LANGUAGES, default=None, help="repeatable, for a workbook that speaks several (default: the register's own)")  # fmt: skip
    command.add_argument("--for", dest="audience", choices=("authority",), help="leave out what is internal: findings, waivers, assessments, notes, own fields")  # fmt: skip
    add_revision(command)
    add_law(command)
    add_config(command)
    add_rules(command)


def run(options: argparse.Namespace) -> int:
    """Check a register and write its workbook; a register that cannot be read whole writes nothing."""
    if options.format == "xlsx" and not options.output.lower().endswith(".xlsx"):
        raise WriteError(options.output, "a workbook is called like register.xlsx")
    loaded = asked_register(options)
    refuse_sources(loaded, options.output, options.path)
    report = checked(loaded, options)
    if loaded.register is None:
        sys.stdout.write(render(report))
        print(f"ropa: {options.output} was not written.", file=sys.stderr)
        return UNREADABLE
    own = loaded.register.language if loaded.register.language in LANGUAGES else "en"
    languages, authority = options.language or [own], options.audience == "authority"
    if options.format == "csv":
        export_csv(report, options.output, language=languages, layout=options.layout, authority=authority)
    else:
        export(
            report, options.output, language=languages, layout=options.layout, authority=authority,
            revision=revision_of(loaded), progress=_progress(),
        )  # fmt: skip
    print(f"Wrote {options.output}: {_counts(len(loaded.register.activities), len(loaded.register.services), report)}.")  # fmt: skip
    return OK


def _counts(activities: int, services: int, report: Report) -> str:
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

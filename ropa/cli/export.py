"""`ropa export`: the workbook that the supervisory authority asks for."""

from __future__ import annotations

import argparse
import sys

from ropa.cli.checked import add_rules, checked
from ropa.cli.main import (
    LANGUAGES,
    OK,
    UNREADABLE,
    add_config,
    add_law,
    refuse_sources,
)
from ropa.errors import WriteError
from ropa.loading import load
from ropa.reports import render
from ropa.workbook import export

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file")
    command.add_argument("-o", "--output", required=True, metavar="FILE.xlsx", help="the workbook to write")
    add_law(command)
    add_config(command)
    add_rules(command)
    command.add_argument("--language", choices=LANGUAGES, default=None, help="default: the register's own")


def run(options: argparse.Namespace) -> int:
    """Check a register and write its workbook; a register that cannot be read whole writes nothing."""
    if not options.output.lower().endswith(".xlsx"):
        raise WriteError(options.output, "a workbook is called like register.xlsx")
    loaded = load(options.path)
    refuse_sources(loaded, options.output)
    report = checked(loaded, options)
    if loaded.register is None:
        sys.stdout.write(render(report))
        print(f"ropa: {options.output} was not written.", file=sys.stderr)
        return UNREADABLE
    language = options.language or (loaded.register.language if loaded.register.language in LANGUAGES else "en")
    export(report, options.output, language=language)
    activities, findings = len(loaded.register.activities), len(report.findings)
    services = len(loaded.register.services)
    counts = f"{activities} activit{'y' if activities == 1 else 'ies'}, "
    counts += f"{services} service{'' if services == 1 else 's'}, " if services else ""
    counts += f"{findings} finding{'' if findings == 1 else 's'}"
    print(f"Wrote {options.output}: {counts}.")
    return OK

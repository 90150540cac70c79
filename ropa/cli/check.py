"""`ropa check`: what is missing or inconsistent in a register, on a day."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ropa.checking import Report
from ropa.cli.checked import add_rules, checked
from ropa.cli.main import (
    CRASHED,
    FINDINGS,
    OK,
    UNREADABLE,
    add_config,
    add_language,
    add_law,
    in_colour,
    names,
    refuse_sources,
)
from ropa.errors import WriteError
from ropa.loading import load
from ropa.reports import FORMATS, render
from ropa.rules import Severity

__all__ = ["exit_code", "options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file")
    add_law(command)
    add_config(command)
    command.add_argument(
        "--without",
        type=names,
        default=[],
        metavar="NAMES",
        help="what if these instruments (us-dpf) had ended on that day",
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="text for people, json for machines")
    command.add_argument("--output", metavar="FILE", help="write there instead of printing")
    add_language(command)
    add_rules(command)
    command.add_argument(
        "--baseline", metavar="FILE", help="findings that were there when ropa was adopted pass (see ropa baseline)"
    )
    command.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default="error",
        help="exit with 1 from this severity on (default: error)",
    )


def run(options: argparse.Namespace) -> int:
    """Check a register and print what was found."""
    report = checked(load(options.path), options)
    colour = options.output is None and in_colour(sys.stdout)
    text = render(report, options.format, language=options.language, colour=colour)
    if options.output:
        refuse_sources(report.loaded, options.output)
        try:
            # names of files may hold what UTF-8 cannot say
            Path(options.output).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise WriteError(options.output, error.strerror or str(error)) from error
    else:
        sys.stdout.write(text)
    return exit_code(report, options.fail_on)


def exit_code(report: Report, fail_on: str) -> int:
    """Return the exit code that a report deserves; what is waived or of the baseline does not count."""
    if report.crashes:
        return CRASHED
    if report.loaded.problems:
        return UNREADABLE
    if fail_on == "never":
        return OK
    worst = Severity(fail_on).rank
    return FINDINGS if any(finding.counts and finding.severity.rank <= worst for finding in report.findings) else OK

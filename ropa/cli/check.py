"""`ropa check`: what is missing or inconsistent in a register, on a day."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from ropa.checking import Report
from ropa.cli.checked import add_revision, add_rules, asked_register, checked
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
from ropa.cli.writing import write_all
from ropa.errors import WriteError
from ropa.reports import FORMATS, Form, render
from ropa.rules import Severity

__all__ = ["exit_code", "options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file")
    add_revision(command)
    add_law(command)
    add_config(command)
    command.add_argument(
        "--without",
        type=names,
        default=[],
        metavar="NAMES",
        help="what if these instruments (us-dpf) had ended on that day",
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="text for people, json for machines, the others for CI (docs/formats.md)")  # fmt: skip
    command.add_argument("--output", metavar="FILE", help="write there instead of printing")
    command.add_argument("--report", action="append", type=_report, default=[], metavar="FORMAT=FILE", help="write this as well (repeatable): sarif=ropa.sarif")  # fmt: skip
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
    """Check a register, print what was found, and write what is to be written: all of it, or nothing."""
    report = checked(asked_register(options), options)
    written = partial(render, report, language=options.language, name_file=_name_file(report))
    files: list[tuple[Form, str]] = options.report
    if options.output:
        files = [(options.format, options.output), *files]
    texts = {file: written(form) for form, file in _apart(report, files, options.path)}
    if not options.output:
        sys.stdout.write(written(options.format, colour=in_colour(sys.stdout)))
        sys.stdout.flush()
    write_all(texts)
    return exit_code(report, options.fail_on)


def _report(text: str) -> tuple[Form, str]:
    """Read which format is to be written into which file."""
    form, _, file = text.partition("=")
    if form not in FORMATS or not file:
        raise argparse.ArgumentTypeError(f"{text!r} is no FORMAT=FILE; formats are {', '.join(FORMATS)}")
    return form, file  # type: ignore[return-value]  # it is one of FORMATS


def _apart(report: Report, files: list[tuple[Form, str]], path: str) -> list[tuple[Form, str]]:
    """Refuse two reports in one file, and a report over a file of the register. Raises WriteError."""
    taken: set[str] = set()
    for _, file in files:
        refuse_sources(report.loaded, file, path)
        if os.path.realpath(file) in taken:
            raise WriteError(file, "two reports are to go into it; name another file")
        taken.add(os.path.realpath(file))
    return files


def _repository() -> str:
    """Return the root of the repository that the working directory is in; without one, the working directory."""
    here = Path.cwd()
    return str(next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here))


def _name_file(report: Report) -> Callable[[str], str]:
    """Return what names a file as a platform knows it; one that was read out of a commit, as it is called there."""
    revision = report.loaded.revision
    if revision is None:
        return partial(_in_repository, _repository())
    return lambda file: file.removeprefix(f"{revision.asked}:")


@cache
def _in_repository(root: str, file: str) -> str:
    """Return the path by which a platform knows a file: from the root of the repository, if it is in there."""
    whole = Path(os.path.realpath(file))
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()


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

"""`ropa diff`: what changed between two versions of a register, and what that means."""

from __future__ import annotations

import argparse
import sys

from ropa.changes import DIFFERENCE_FORMATS, Difference, difference, read_side, render_difference
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
    refuse_sources,
)
from ropa.cli.writing import write_all
from ropa.errors import GitError, QuestionError
from ropa.rules import Severity

__all__ = ["options", "run"]

_FAIL_ON = ("never", "error", "warning", "info", "consequence", "change")


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    side = "a folder, a file, a revision (main), or a path in one (main:registers/x)"
    command.add_argument("base", metavar="BASE", help=f"the register as it was: {side}")
    command.add_argument("head", metavar="HEAD", help="the register as it is: the same")
    add_law(command)
    add_config(command)
    command.add_argument(
        "--format", choices=DIFFERENCE_FORMATS, default="text", help="text, json, or markdown for a pull request"
    )
    command.add_argument("--output", metavar="FILE", help="write there instead of printing")
    add_language(command)
    add_rules(command)
    command.add_argument(
        "--fail-on",
        choices=_FAIL_ON,
        default="never",
        help="exit with 1 if a finding of this severity appeared, if anything is to be done, or if anything changed"
        " (default: never)",
    )


def run(options: argparse.Namespace) -> int:
    """Compare two versions of a register and print what changed."""
    if not options.base or not options.head:
        raise QuestionError("a side is named by nothing; name a folder, a file or a revision")
    base = read_side(options.base, default=options.head, missing_ok=True)
    head = read_side(options.head, default=options.base, missing_ok=True)
    if not any(side.sources.documents or side.problems for side in (base, head)):
        raise GitError(f"{base.path}, {head.path}", "nothing of this name is in either commit")
    for side in (base, head):
        if side.revision is not None and not side.sources.documents and not side.problems:
            print(f"ropa: nothing stands at {side.path}: that side is taken as an empty register", file=sys.stderr)
    options.path = options.head  # whose settings go for both: those of the judge, not of the judged
    found = difference(base, head, lambda loaded: checked(loaded, options))
    if found is None:
        for line in dict.fromkeys(str(fault) for fault in (*base.problems, *head.problems)):
            print(line, file=sys.stderr)
        return UNREADABLE
    colour = options.output is None and in_colour(sys.stdout)
    text = render_difference(found, options.format, language=options.language, colour=colour)
    if options.output is None:
        sys.stdout.write(text)
    else:
        for side, path in ((base, options.base), (head, options.head)):
            refuse_sources(side, options.output, path)
        write_all({options.output: text})
    return _exit_code(found, options.fail_on)


def _exit_code(found: Difference, fail_on: str) -> int:
    if found.base.crashes or found.head.crashes:
        return CRASHED
    if fail_on == "change":
        return FINDINGS if found.changes else OK
    if fail_on == "consequence":
        return FINDINGS if found.consequences else OK
    if fail_on == "never":
        return OK
    worst = Severity(fail_on).rank
    return FINDINGS if any(one.severity.rank <= worst for one in found.appeared if one.counts) else OK

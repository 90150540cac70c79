"""`ropa log`: who changed what when in a register, told from git."""

from __future__ import annotations

import argparse
import sys
from itertools import chain

from ropa.changes import is_shallow, load_at, render_story_json, render_story_text, story
from ropa.cli.main import OK, add_language, add_law, asked_day, asked_law, in_colour
from ropa.errors import GitError, UnknownRecordError
from ropa.impact import find
from ropa.law import Law
from ropa.source import Path

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file, in a git repository")
    command.add_argument(
        "id", metavar="ID", nargs="?", help="only what changed in this record: an activity, a party, …"
    )
    command.add_argument("--rev", metavar="REV", default="HEAD", help="the history up to this commit (default: HEAD)")
    command.add_argument("--limit", type=_at_least_one, metavar="N", help="at most so many commits, the newest")
    add_law(command)
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people, json for machines"
    )
    add_language(command)


def run(options: argparse.Namespace) -> int:
    """Print the history of a register, the newest commit first."""
    law, day = asked_law(options), asked_day(options)
    record = _record(options, law) if options.id else ()
    steps = story(options.path, law, day, revision=options.rev, record=record, limit=options.limit)
    first = next(steps, None)
    if first is None and not record:
        raise GitError(options.path, f"no commit of {options.rev} holds it")
    steps = chain(() if first is None else (first,), steps)
    if options.format == "json":
        sys.stdout.write(render_story_json(steps, options.language))
    else:
        for line in render_story_text(steps, options.language, colour=in_colour(sys.stdout)):
            print(line)
    if is_shallow(options.path):
        print("ropa: this clone is shallow: its history ends where the clone does; `git fetch --unshallow` brings the rest", file=sys.stderr)  # fmt: skip
    return OK


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of commits")
    return int(text)


def _record(options: argparse.Namespace, law: Law) -> Path:
    """Return the section and id of the record asked about, as it is called in the newest commit."""
    register = load_at(options.path, options.rev).register
    if register is None:
        section, _, one = options.id.partition(".")
        if not one:
            raise UnknownRecordError(options.id)
        return (section, one)
    return find(register, law, options.id)

"""The check as the commands run it: with the organisation's settings, and what they kept from running."""

from __future__ import annotations

import argparse
import sys

from ropa.baseline import Entry, read_baseline
from ropa.checking import Report, check
from ropa.cli.main import asked_config, asked_day, asked_law, day, names
from ropa.config import Config
from ropa.loading import Loaded, load

__all__ = ["add_revision", "add_rules", "asked_register", "checked"]


def add_revision(command: argparse.ArgumentParser) -> None:
    """Add the options that ask for the register as it stood in git."""
    command.add_argument("--rev", metavar="REV", help="the register as it stood in this commit (main, v1.2, HEAD~3), not as it lies on disk")  # fmt: skip
    command.add_argument("--rev-on", type=day, metavar="DATE", help="the same, in the last commit on or before that day (of --rev; default: HEAD)")  # fmt: skip


def asked_register(options: argparse.Namespace) -> Loaded:
    """Return the register asked for: from disk, or as it stood in git."""
    if options.rev is None and options.rev_on is None:
        return load(options.path)
    from ropa.changes import load_at

    return load_at(options.path, "HEAD" if options.rev is None else options.rev, on=options.rev_on)


def add_rules(command: argparse.ArgumentParser) -> None:
    """Add the options that choose rules."""
    command.add_argument("--select", type=names, default=[], metavar="IDS", help="rules or families: TRF,RET01")
    command.add_argument(
        "--pack", type=names, default=[], metavar="CC", help="national packs besides the organisation's own (DE,DE-LED)"
    )
    command.add_argument("--ignore", type=names, default=[], metavar="IDS", help="rules or families left out")


def checked(loaded: Loaded, options: argparse.Namespace) -> Report:
    """Check a register as options and settings ask; rules that nobody trusted are named as not run.

    Only a command that has the option `--baseline` uses one: what is known is found all the same.
    """
    config = asked_config(options)
    report = check(
        loaded,
        on=asked_day(options),
        law=asked_law(options, config),
        select_rules=options.select or config.select,
        ignore_rules=[*options.ignore, *config.ignore],
        without=getattr(options, "without", ()),
        packs=[*options.pack, *config.packs],
        own_rules=config.own_rules,
        severities=config.severities,
        unread_rules=config.untrusted,
        baseline=_baseline(options, config),
    )
    for name in config.untrusted:
        print(f"ropa: the rules in {name} were not run: `--trust` runs code of the register's folder", file=sys.stderr)
    return report


def _baseline(options: argparse.Namespace, config: Config) -> tuple[Entry, ...] | None:
    """Return the baseline that a command was told to use, or that the settings name; none for one that uses none."""
    file = getattr(options, "baseline", None) or (config.baseline if hasattr(options, "baseline") else None)
    return read_baseline(file) if file is not None else None

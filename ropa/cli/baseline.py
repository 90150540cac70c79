"""`ropa baseline`: keep what is found now in a file, so that `ropa check --baseline` fails on what is new only."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ropa.baseline import NAME, baseline_of, can_be_known, read_baseline, write_baseline
from ropa.checking import Report
from ropa.cli.checked import add_rules, checked
from ropa.cli.main import CRASHED, OK, UNREADABLE, add_config, add_law, asked_config, read_register, refuse_sources
from ropa.errors import WriteError
from ropa.loading import Loaded
from ropa.source.files import BESIDE, SUFFIXES

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file")
    command.add_argument("-o", "--output", metavar="FILE", help=f"the file (default: the one that ropa.toml names, else {NAME} beside ropa.toml, else in the register's folder, where it is not read as part of the register)")  # fmt: skip
    how = command.add_mutually_exclusive_group()
    how.add_argument("--prune", action="store_true", help="only remove what is no longer found, or waived; add nothing")
    how.add_argument("--force", action="store_true", help="write a file anew that is there: what was found since passes from now on")  # fmt: skip
    add_law(command)
    add_config(command)
    add_rules(command)


def run(options: argparse.Namespace) -> int:
    """Write the baseline of a register, or prune it; if the check was not whole, nothing is written."""
    loaded = read_register(options.path)
    if loaded is None:
        return UNREADABLE
    file = _file(options)
    _refuse(loaded, file, options)
    if options.prune:
        options.baseline = file
    report = checked(loaded, options)
    for crash in report.crashes:
        print(f"ropa: {crash.rule} crashed on {crash.subject}: {crash.error}; nothing was written", file=sys.stderr)
    if report.crashes:
        return CRASHED
    return _prune(report, file) if options.prune else _write(report, file)


def _file(options: argparse.Namespace) -> str:
    """Return the file meant: the one named, that of the settings, else one beside them or in the register's folder."""
    if options.output:
        return str(options.output)
    config = asked_config(options)
    if config.baseline is not None:
        return os.fspath(config.baseline)
    path = Path(options.path)
    folder = config.file.parent if config.file is not None else path if path.is_dir() else path.parent
    return os.fspath(folder / NAME)


def _refuse(loaded: Loaded, file: str, options: argparse.Namespace) -> None:
    """Refuse a file that is there, or that would be read as part of the register. Raises WriteError."""
    refuse_sources(loaded, file)
    name, register = os.path.basename(file).lower(), Path(loaded.path)  # noqa: PTH119 - as the reader compares names
    read = name.endswith(SUFFIXES) and not name.endswith(BESIDE)
    if read and register.is_dir() and Path(file).resolve().is_relative_to(register.resolve()):
        raise WriteError(file, f"it would be read as part of the register; call it {NAME}, or put it elsewhere")
    if os.path.lexists(file) and not (options.prune or options.force):
        raise WriteError(file, "it is there already: --prune removes what is gone; --force writes it anew, and what was found since passes")  # fmt: skip


def _write(report: Report, file: str) -> int:
    entries = baseline_of(report.findings)
    write_baseline(entries, file)
    left = sum(1 for one in report.findings if not can_be_known(one))
    said = f"; {left} left out, which a waiver is of or which are about waivers" if left else ""
    print(f"Wrote {file}: {_count(len(entries))}{said}.")
    print(f'Next: ropa check {report.loaded.path} --baseline {file}, or `baseline = "…"` in ropa.toml.')
    return OK


def _prune(report: Report, file: str) -> int:
    before = read_baseline(file)
    gone = set(report.gone)
    kept = [one for one in before if one not in gone]
    if gone:
        write_baseline(kept, file)
    print(f"{len(before) - len(kept)} removed from {file}: {_count(len(kept))} left.")
    return OK


def _count(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"

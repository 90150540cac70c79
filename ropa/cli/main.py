"""What the commands have in common: their options, their exit codes, their last resort."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from ropa.errors import RopaError, WriteError
from ropa.languages import LANGUAGES
from ropa.version import __version__

TYPE_CHECKING = False  # importing `typing` would double the time of `ropa --help`

if TYPE_CHECKING:
    from ropa.config import Config
    from ropa.law import Law
    from ropa.loading import Loaded

__all__ = ["CRASHED", "FINDINGS", "OK", "UNREADABLE", "main", "whole_parser"]

OK = 0
FINDINGS = CONFLICTS = 1
UNREADABLE = 2
CRASHED = 3

_EPILOG = """\
exit codes:
  0  nothing found at or above --fail-on
  1  findings
  2  the register could not be read whole, or the command was not understood
  3  a rule crashed; the findings of the others are printed

start here:
  ropa init my-register        write a small register to grow
  ropa check my-register       say what is missing or inconsistent
  ropa export my-register -o register.xlsx
"""
_COMMANDS = {
    "check": "say what is missing or inconsistent in a register, on a day",
    "baseline": "keep what is found now, so that a check fails on what is new only",
    "export": "write the workbook that the supervisory authority asks for",
    "import": "take an edited workbook back into the register's text",
    "diff": "say what changed between two versions of a register, and what that means",
    "log": "say who changed what when in a register, told from git",
    "impact": "say whom and what a thing touches if it fails or is breached",
    "law": "ask what the law was on a day: territories, instruments, a transfer",
    "rules": "list the rules, or explain one",
    "schema": "print the JSON Schema of a register",
    "init": "write a small, commented register to grow",
    "completion": "print a script for bash, zsh or fish that completes what is typed",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - closed by the caller
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        asked = next((word for word in given if not word.startswith("-")), "")
        options, unknown = _parser({asked}).parse_known_args(given)
        if unknown:  # the command's own usage helps more than that of `ropa`
            options.command.error(f"unrecognized arguments: {' '.join(unknown)}")
        code = int(options.run(options))
        sys.stdout.flush()
    except RopaError as error:
        for line in str(error).splitlines():  # each with who says it: a name with a line break commands no runner
            print(f"ropa: {line}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREADABLE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("ROPA_TRACEBACK"):
            raise
        print(f"ropa: a fault of ropa itself: {type(error).__name__}: {error}", file=sys.stderr)
        print("ropa: please report it, with what `ROPA_TRACEBACK=1` prints.", file=sys.stderr)
        return CRASHED
    return code


def whole_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, each with all its options."""
    return _parser(_COMMANDS)


def _parser(asked: Collection[str]) -> argparse.ArgumentParser:
    """Return the parser of all commands, with the options of those that are asked for."""
    parser = argparse.ArgumentParser(
        prog="ropa",
        description="Records of processing (GDPR Art. 30) as text: checked against the law of a day.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ropa {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in _COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name in asked:  # a command's module is imported when it is asked for
            module = importlib.import_module(f"ropa.cli.{name}{'_' if name == 'import' else ''}")
            module.options(command)
            command.set_defaults(run=module.run, command=command)
    return parser


def day(text: str) -> date:
    """Read a day from the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day of the calendar; write one as 2020-07-16") from None


def add_day(command: argparse.ArgumentParser) -> None:
    """Add the option that every question to the law has."""
    command.add_argument(
        "--on", type=day, default=None, metavar="DATE", help="the day whose law is asked (default: today)"
    )


def add_language(command: argparse.ArgumentParser) -> None:
    """Add the option for the language of what is printed."""
    command.add_argument("--language", choices=LANGUAGES, default="en", help="language of what is printed")


def read_register(path: str) -> Loaded | None:
    """Return a register; None, with its faults on stderr, if it cannot be read whole."""
    from ropa.loading import load

    loaded = load(path)
    for fault in loaded.problems:
        print(fault, file=sys.stderr)
    return None if loaded.register is None else loaded


def refuse_sources(loaded: Loaded, target: str, path: str = "") -> None:
    """Refuse to write over a file of the register itself, or of the one on disk at `path`. Raises WriteError."""
    if loaded.revision is not None and os.path.exists(target):  # noqa: PTH110 - pathlib would slow `ropa --help`
        from ropa.loading import load

        loaded = load(path)
    files = (*(one.file for one in loaded.sources.documents), *(one.place.file for one in loaded.problems))
    if os.path.realpath(target) in (os.path.realpath(file) for file in files):
        raise WriteError(target, "that is a file of the register; name another")


def add_law(command: argparse.ArgumentParser) -> None:
    """Add the options of a question to the law: its day, and the organisation's own law files."""
    add_day(command)
    command.add_argument(
        "--law", action="append", default=[], metavar="DIR", help="own law files, added to those of ropa (repeatable)"
    )


def add_config(command: argparse.ArgumentParser) -> None:
    """Add the options about the organisation's own settings."""
    command.add_argument(
        "--config", metavar="FILE", help="settings (default: the nearest ropa.toml upward of the register)"
    )
    command.add_argument("--no-config", action="store_true", help="do without settings")
    command.add_argument("--trust", action="store_true", help="run own rules that are written in Python (see SECURITY)")


def asked_config(options: argparse.Namespace) -> Config:
    """Return the settings that go for the register: those named, else the nearest upward, else none."""
    from pathlib import Path

    from ropa.config import Config, find_config

    named = getattr(options, "config", None)
    if getattr(options, "no_config", False):
        return Config()
    file = Path(named) if named else find_config(getattr(options, "path", "."))
    return Config(file, trust=getattr(options, "trust", False))


def asked_law(options: argparse.Namespace, config: Config | None = None) -> Law:
    """Return the law asked: that of ropa, with the organisation's own files if any are named."""
    from ropa.law import Law

    return Law.load(*(config.law if config else ()), *options.law)


def asked_day(options: argparse.Namespace) -> date:
    """Return the day asked about: the clock is read here and nowhere else."""
    return given_day(options) or date.today()  # noqa: DTZ011 - the user's own day


def given_day(options: argparse.Namespace) -> date | None:
    """Return the day that was said, if one was.

    SOURCE_DATE_EPOCH stands in for the clock, so that what is made can be made again
    (reproducible-builds.org).
    """
    if options.on is not None:
        return options.on  # type: ignore[no-any-return]
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() and len(epoch) < 12 else None


def in_colour(stream: object) -> bool:
    """Tell whether to colour: on a terminal, and not where NO_COLOR is set."""
    return not os.environ.get("NO_COLOR") and bool(getattr(stream, "isatty", lambda: False)())


def names(text: str) -> list[str]:
    """Split a list of rules or families at its commas."""
    return [name.strip() for name in text.split(",") if name.strip()]

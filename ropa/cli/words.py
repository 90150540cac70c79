"""What can be typed after `ropa`, as plain data: read from the parsers, so that no list is kept by hand."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Command", "Option", "Value", "commands_of"]

Kind = Literal["file", "folder", "any"]
_KINDS: dict[str, Kind] = {"FILE": "file", "PATH": "file", "BASE": "file", "HEAD": "file", "DIR": "folder"}
"""What the name of a value in the help says of it; of any other nothing is known."""


@dataclass(frozen=True)
class Value:
    """A value that is asked for: one of its `choices` if there are any, else of a kind."""

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """An option of a command; one without `value` is a switch."""

    flags: tuple[str, ...]
    help: str
    value: Value | None = None
    repeatable: bool = False


@dataclass(frozen=True)
class Command:
    """A command (`check`) or a question of one (`law status`); that of no words is `ropa` itself."""

    words: tuple[str, ...]
    help: str
    options: tuple[Option, ...]
    values: tuple[Value, ...]
    below: tuple[Command, ...]

    def all(self) -> Iterator[Command]:
        """Yield this command, and all that lie below it."""
        yield self
        for command in self.below:
            yield from command.all()


def commands_of(parser: argparse.ArgumentParser, words: tuple[str, ...] = (), summary: str = "") -> Command:
    """Return what a parser understands, with all that lies below it."""
    options, values, below = [], [], []
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - the same
            helps = {one.dest: one.help or "" for one in action._choices_actions}  # noqa: SLF001 - the same
            below = [commands_of(sub, (*words, name), helps[name]) for name, sub in action.choices.items()]
        elif action.help == argparse.SUPPRESS:
            continue
        elif action.option_strings:
            options.append(_option(action))
        else:
            values.append(_value(action))
    return Command(words, summary, tuple(options), tuple(values), tuple(below))


def _option(action: argparse.Action) -> Option:
    repeatable = type(action).__name__ == "_AppendAction"
    said = (action.help or "").replace("%%", "%")
    return Option(tuple(action.option_strings), said, None if action.nargs == 0 else _value(action), repeatable)


def _value(action: argparse.Action) -> Value:
    name: Any = action.metavar or action.dest.upper()
    return Value(name, _KINDS.get(name, "any"), tuple(str(one) for one in action.choices or ()))

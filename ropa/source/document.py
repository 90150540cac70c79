"""A document: plain values, and the place in the text of each of them.

The places live beside the values, in one flat array of character offsets, and become lines and
columns only for the few that are reported. Each container owns a block of the array, four numbers
an entry: start of its key, start and end of its value, and the block of the value if it is itself
a container.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from array import array

__all__ = ["STRIDE", "Document", "Path", "Place", "format_path", "parse_path"]

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: keys and positions in lists."""

STRIDE = 4
"""Numbers in the array for each entry of a container."""


class Place(NamedTuple):
    """A place in a file. Lines and columns count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


def format_path(path: Path) -> str:
    """Write a path as people do: `activities.x.purposes[0]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def parse_path(text: str) -> Path:
    """Read a path as people write it; what cannot be one gives a path that is written otherwise."""
    steps = re.findall(r"\[([0-9]{1,9})\]|([^.\[\]]+)", text)
    return tuple(int(number) if number else name for number, name in steps)


@dataclass(frozen=True, eq=False)
class Document:
    """One file: its name, its text, its values and their places."""

    file: str
    text: str = field(repr=False)
    data: Any = field(repr=False)
    marks: array[int] = field(repr=False)
    root: int
    """Where the block of the outermost container begins in `marks`."""
    extent: tuple[int, int] = (0, 0)
    """Start and end of the outermost value."""

    def span(self, path: Path) -> tuple[int, int]:
        """Return where the value at `path` starts and ends, as character offsets.

        Raises KeyError if no value stands there.
        """
        if not path:
            return self.extent
        at = self._entry(path)
        return self.marks[at + 1], self.marks[at + 2]

    def key_span(self, path: Path) -> tuple[int, int]:
        """Return where the key at the end of `path` stands; in a list, the value itself."""
        if not path or isinstance(path[-1], int):
            return self.span(path)
        start = self.marks[self._entry(path)]
        written = len(path[-1])
        return start, start + written + (2 if self.text[start] in "\"'" else 0)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return line and column of the value at `path`, or of its key.

        Where nothing stands at `path`, the nearest parent that is written answers, with its key: a
        missing field is reported at the record that lacks it.
        """
        while True:
            try:
                return self.at(*(self.key_span(path) if key else self.span(path)))
            except KeyError:
                path, key = path[:-1], True

    def at(self, start: int, end: int | None = None) -> Place:
        """Turn character offsets into a place."""
        line, column = self._line_column(start)
        return Place(self.file, line, column, *self._line_column(start if end is None else end))

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1."""
        starts = self._line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def _entry(self, path: Path) -> int:
        value, block = self.data, self.root
        at = -1
        for step in path:
            if isinstance(value, dict):
                at = block + STRIDE * self._positions(value)[step]
                value = value[step]
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                at = block + STRIDE * step
                value = value[step]
            else:
                raise KeyError(format_path(path))
            block = self.marks[at + 3]
        return at

    def _positions(self, mapping: dict[str | int, Any]) -> dict[str | int, int]:
        """Return which entry of its container each key is, counted once for each container asked about."""
        known = self._counted.get(id(mapping))
        if known is None:
            known = self._counted[id(mapping)] = {key: at for at, key in enumerate(mapping)}
        return known

    @cached_property
    def _counted(self) -> dict[int, dict[str | int, int]]:
        return {}

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def _line_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

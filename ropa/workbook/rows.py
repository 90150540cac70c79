"""The rows of a table: which records of the register it shows, and where each stands in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ropa.model import BY_ID, Activity, Register
from ropa.model.shape import Shape, shape_at, shape_of
from ropa.source import Path
from ropa.workbook.speaking import Speaker, Value

__all__ = [
    "ORGANISATIONS",
    "TABLES",
    "Getter",
    "Row",
    "activity_of",
    "in_full",
    "in_short",
    "lists_of",
    "rows",
    "shape_of_rows",
]

ORGANISATIONS = ("controller", "processor")

TABLES = (
    "organisation",
    *BY_ID,
    *(f"activities.{part}" for part in ("purposes", "recipients", "retention", "sources", "cookies", "automated_decisions")),
    "transfers.instruments",
)  # fmt: skip
"""What a sheet can have a row for: the organisation, each record of a section, each part of each record."""


@dataclass(frozen=True)
class Row:
    """A row of a table: one record, or the word that stands where its parts would."""

    id: str
    path: Path
    """Where it stands in the register: `activities`, `newsletters`, `retention`, 0."""
    plain: Mapping[str, Any]
    """What the text writes of it; nothing for a word that stands for the whole."""
    stands_for: tuple[Any, ...] = ()
    """What is written in place of the parts: `none`, `unknown`, or nothing at all (None)."""

    @property
    def owner(self) -> tuple[str, str]:
        """The section and the id of the record that it is, or is a part of."""
        return str(self.path[0]), str(self.path[1] if len(self.path) > 1 else "")


Getter = Callable[[Speaker, Row], Value]
"""What puts a cell together."""


def activity_of(say: Speaker, row: Row) -> Activity:
    """Return the activity that a row is, or is a part of."""
    return say.register.activities[row.owner[1]]


@cache
def shape_of_rows(table: str) -> Shape:
    """Return what a record of a table may hold."""
    if table == "organisation":
        path: Path = ("controller",)
    else:
        section, _, part = table.partition(".")
        path = (section, "x", part, 0 if part and lists_of(table) else "x") if part else (section, "x")
    found = shape_at(shape_of(Register), path)
    assert found is not None, table
    return found


@cache
def lists_of(table: str) -> bool:
    """Tell whether the rows of a table are the entries of lists, and so have numbers, not ids."""
    section, _, part = table.partition(".")
    if not part:
        return False
    holder = shape_at(shape_of(Register), (section, "x", part))
    assert holder is not None, table
    return holder.items is not None


def rows(say: Speaker, table: str) -> Iterator[Row]:
    """Yield the rows of a table, in the order of the text."""
    section, _, part = table.partition(".")
    if table == "organisation":
        for one in ORGANISATIONS:
            if isinstance(say.plain.get(one), dict):
                yield Row(one, (one,), say.plain[one])
        return
    for one, record in say.plain.get(section, {}).items():
        if part:
            yield from _parts(table, (section, one, part), record.get(part))
        else:
            yield Row(one, (section, one), record)


def _parts(table: str, path: Path, held: Any) -> Iterator[Row]:
    """Yield a row for each part of a record; one for the word, or the gap, that stands in their place."""
    one = str(path[1])
    if isinstance(held, dict) and held:
        for key, each in held.items():
            yield Row(f"{one}.{key}", (*path, key), each)
    elif isinstance(held, list) and held:
        for at, each in enumerate(held):
            yield Row(f"{one}/{at + 1}", (*path, at), in_full(table, each))
    else:
        yield Row(f"{one}/0", path, {}, ((held or None) if isinstance(held, dict) else "none" if held == [] else held,))


def in_full(table: str, written: Any) -> Mapping[str, Any]:
    """Return an entry of a list as a mapping of fields: a recipient may be written as its mere id."""
    return written if isinstance(written, dict) else {_short(table): written}


def in_short(table: str, record: Mapping[str, Any]) -> Any:
    """Return an entry of a list as people write it: its mere id, where it says nothing else."""
    short = _short(table)
    return record[short] if short and set(record) == {short} else dict(record)


@cache
def _short(table: str) -> str:
    """Return the field that a mere id in a list stands for; none where there is no such short form."""
    shape = shape_of_rows(table)
    return next((name for name, field in shape.fields.items() if field.section == shape.section), "") if shape.section else ""  # fmt: skip

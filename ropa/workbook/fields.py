"""The fields of a table: what each column says of a record, and what the text writes when a cell was edited.

A field is a path within the record (`contract.signed`), one of the few that need a way of their own
(an instrument's kind), or compiled: put together from elsewhere, and changed there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from ropa.model.shape import Shape, shape_at
from ropa.workbook.compiled import COMPILED, OTHERWISE
from ropa.workbook.kinds import WORDS, Kind, MisreadError, word_meant
from ropa.workbook.peculiar import PECULIAR
from ropa.workbook.rights_rows import RIGHTS
from ropa.workbook.rows import Getter, Row, shape_of_rows
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import about_field

__all__ = ["Compiled", "Field", "Path", "UnknownFieldError", "field", "parent"]


class UnknownFieldError(ValueError):
    """No field of a table is called so; `known` are those that its records have."""

    def __init__(self, table: str, key: str, known: tuple[str, ...]) -> None:
        super().__init__(table, key, known)
        self.table, self.key, self.known = table, key, known


class Field(Protocol):
    """What a column says of a record, and what its record becomes when a cell says something else."""

    @property
    def edited(self) -> bool:
        """Whether its cells are for editing."""

    def show(self, say: Speaker, row: Row) -> Value:
        """Return what the cell says."""

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:
        """Return the record as the cell wants it. Raises MisreadError."""


@dataclass(frozen=True)
class Path:
    """A field that stands at a path within the record."""

    kind: Kind
    shape: Shape
    steps: tuple[str, ...]
    otherwise: Getter | None = None
    edited: bool = True

    def show(self, say: Speaker, row: Row) -> Value:
        """Return what stands there; the word of what it stands in; or, in grey, what follows where nothing is written."""
        held: Any = row.plain
        for at, step in enumerate(self.steps):
            if isinstance(held, list):
                return self._several(say, held, self.steps[at:])
            if not isinstance(held, dict):
                break
            held = held.get(step)
        else:
            return self._otherwise(say, row) if held is None else self.kind.show(say, held)
        if held in WORDS:
            return Value(say.say(held), held)
        return self._otherwise(say, row)

    def _otherwise(self, say: Speaker, row: Row) -> Value:
        if self.otherwise is None:
            return say.missing
        value = self.otherwise(say, row)
        return value if value.state == "missing" or not value.text else Value(value.text, "where-applicable")

    def _several(self, say: Speaker, held: list[Any], steps: tuple[str, ...]) -> Value:
        """Return what each of several says, in a line of its own."""
        found = [Path(self.kind, self.shape, steps).show(say, Row("", (), each)) for each in held]
        return found[0] if len(found) == 1 else say.lines(one.text for one in found)

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:
        """Return the record with what the text means at the path."""
        word = word_meant(say, text)
        length = self._takes(record, word) if word else None
        if length is not None:
            return _put(self.shape, record, self.steps[:length], lambda _: word)
        return _put(self.shape, record, self.steps, lambda old: self.kind.read(say, text, old))

    def _takes(self, record: Mapping[str, Any], word: str) -> int | None:
        """Return how far along the path a word can stand: at the field, else at what holds it and says nothing else."""
        for length in range(len(self.steps), 0, -1):
            shape = shape_at(self.shape, self.steps[:length])
            held = _held(record, self.steps[:length])
            whole = length == len(self.steps) or not isinstance(held, (dict, list)) or self._names(length, word)
            if shape and word in shape.words and whole:
                return length
        return len(self.steps) if self.kind.proper and word == "unknown" and self.kind.free else None

    def _names(self, length: int, word: str) -> bool:
        """Tell whether it is the name of what a word is said of: nobody is called `none`."""
        return word == "none" and self.steps[length:] == ("name",)


def _held(record: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        record = record.get(step) if isinstance(record, dict) else None
    return record


def _put(shape: Shape, record: Mapping[str, Any], steps: tuple[str, ...], value: Any) -> Mapping[str, Any]:
    """Return a record with a value at a path; what holds it is made, and goes when nothing is left in it."""
    step, *rest = steps
    held = record.get(step)
    if not rest:
        new = value(held)
    else:
        below = shape.fields.get(step) or shape.values
        assert below is not None
        inside = below if rest[0] in below.fields or below.values else below.items or below
        new = _put_inside(inside, held, tuple(rest), value, alone=inside is not below.items)
    return {**record, step: new} if new is not None else {key: each for key, each in record.items() if key != step}


def _put_inside(shape: Shape, held: Any, steps: tuple[str, ...], value: Any, *, alone: bool) -> Any:
    """Return what holds a value, with the value put in: a mapping, or a list that has but one."""
    if isinstance(held, list) and len(held) > 1:
        raise MisreadError("several", number=len(held))
    inner = next(iter(held), None) if isinstance(held, list) else held
    made = _put(shape, inner if isinstance(inner, dict) else {}, steps, value)
    if not made:
        return None if isinstance(inner, dict) else held  # a cell emptied that said only what it stands in
    return made if alone and not isinstance(held, list) else [made]


@dataclass(frozen=True)
class Compiled:
    """A field that is put together from elsewhere. It can only be told that there is nothing of it, or that nobody knows."""

    getter: Getter
    stated: Path | None = None
    edited: bool = False

    def show(self, say: Speaker, row: Row) -> Value:
        """Return what is put together."""
        return Value("") if row.stands_for else self.getter(say, row)

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:
        """Return the record with `none` or `unknown` where it says nothing of its own."""
        word = word_meant(say, text)
        if self.stated is not None and word in self.stated.kind.shape.words:
            key = self.stated.steps[0]
            if not isinstance(record.get(key), (dict, list)):
                return {**record, key: word}
        raise MisreadError("compiled")


@dataclass(frozen=True)
class Identity:
    """The record's id, or the name of what it is a part of: it is not edited, a new row may give it."""

    getter: Getter
    edited: bool = False

    def show(self, say: Speaker, row: Row) -> Value:
        """Return it."""
        return self.getter(say, row)

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:  # noqa: ARG002 - as every field
        """Refuse: another id is another record."""
        raise MisreadError("identity")


def parent(say: Speaker, row: Row) -> Value:
    """Return the name of the record that a row is a part of."""
    return Value(say.label(*row.owner))


@cache
def field(table: str, key: str) -> Field:
    """Return the field of a table by its key; `basis~2` is the second column of one. Raises UnknownFieldError."""
    key = key.partition("~")[0]
    if key == "id":
        return Identity(lambda _, row: Value(row.id))
    if key == "of" and "." in table:
        return Identity(parent)
    if (table, key) in PECULIAR:
        peculiar: Field = PECULIAR[table, key]
        return peculiar
    getter = COMPILED.get((table, key)) or (RIGHTS.get(key) if table == "activities.purposes" else None)
    path = _path(table, key)
    if getter is not None:
        return Compiled(getter, path)
    if path is None or (path.kind.one.models and not path.kind.one.scalars):
        known = (*shape_of_rows(table).fields, *(name for of, name in COMPILED if of == table))
        raise UnknownFieldError(table, key, tuple(sorted(known)))
    return path


def _path(table: str, key: str) -> Path | None:
    shape, steps = shape_of_rows(table), tuple(key.split("."))
    found: Shape | None = shape
    for step in steps:  # an entry of a list that has but one is reached without its number
        if found is None:
            return None
        found = found.fields.get(step) or (found.items.fields.get(step) if found.items else None) or found.values
    if found is None:
        return None
    about = about_field(table, key)
    return Path(Kind(found, about.codes, about.proper), shape, steps, OTHERWISE.get((table, key)))

"""Saying changes to people: which record, which statement, what it was and what it is, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from ropa.changes.comparing import Change
from ropa.changes.comparison import Comparison
from ropa.changes.plain import SHAPE, plain_of
from ropa.changes.versions import Side
from ropa.changes.wording import noun, phrase
from ropa.model import Record
from ropa.model.period import longer
from ropa.model.shape import Shape
from ropa.rules.rule import called
from ropa.rules.wording import in_quotes
from ropa.source import Path, Place, format_path
from ropa.source.page import translate
from ropa.workbook.instruments import instrument
from ropa.workbook.kinds import Kind
from ropa.workbook.rows import TABLES
from ropa.workbook.speaking import Speaker
from ropa.workbook.words import about_field, fields_of

__all__ = ["Group", "Said", "groups"]

_WORDS = ("none", "unknown")
_QUIET = frozenset({"note", "tags", "extensions"})
"""Fields that a new record is not introduced by."""


@dataclass(frozen=True)
class Said:
    """One change as it is said: `label` names the statement, `before` and `after` what it says (nothing if absent)."""

    kind: str
    label: str
    before: str
    after: str
    note: str
    """What is worth knowing besides: that a period is longer, that the order changed."""
    place: Place


@dataclass(frozen=True)
class Group:
    """The changes of one record."""

    title: str
    path: str
    place: Place
    changes: tuple[Said, ...]


def groups(comparison: Comparison, language: str, of: Path = ()) -> tuple[Group, ...]:
    """Return what changed by record, said in a language; only of one record, if `of` names it."""
    teller = _Teller(comparison, language)
    found = []
    for record, changes in groupby(comparison.changes, key=lambda change: change.record):
        if of and record != of:
            continue
        these = tuple(changes)
        said = tuple(line for change in these for line in teller.lines(change))
        found.append(Group(teller.title(these[0]), format_path(record), comparison.place_of(record, gone=teller.gone(these[0])), said))  # fmt: skip
    return tuple(found)


class _Teller:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        sides = comparison.sides
        self.base, self.head = (Speaker(side.standings, language) for side in (sides.base, sides.head))
        self.plain = {id(say): plain_of(say.register) for say in (self.base, self.head)}

    def title(self, change: Change) -> str:
        """Return what a record is and is called."""
        side = self.comparison.sides.base if self.gone(change) else self.comparison.sides.head
        path = change.record
        what = noun(str(path[0]), self.language)
        if not what or (len(path) == 1 and path[0] not in ("controller", "processor")):
            return noun("register", self.language)
        return f"{_capital(what)} {in_quotes(self._name(side, path), self.language)}"

    def _name(self, side: Side, path: Path) -> str:
        return translate(called(side.register, path), self.language, side.register.language)

    @staticmethod
    def gone(change: Change) -> bool:
        """Tell whether a change is that a whole record was removed."""
        return change.kind == "removed" and change.path == change.record

    def lines(self, change: Change) -> Iterator[Said]:
        """Yield the lines of a change: one, but for a new record one for each thing it states."""
        say = self.base if change.kind == "removed" else self.head
        label, field = self._labelled(say, change.path if change.kind != "removed" else change.old_path)
        place = self.comparison.place(change)
        if change.path == change.record and change.shape.models and change.kind in ("added", "removed"):
            yield Said(change.kind, phrase(change.kind, self.language), "", "", "", place)
            if change.kind == "added":
                yield from self._introduced(change, place)
            return
        before = field.said(self.base, change.before, change.old_path)
        after = field.said(self.head, change.after, change.path)
        yield Said(change.kind, label, before, after, self._note(change), place)

    def _introduced(self, change: Change, place: Place) -> Iterator[Said]:
        table = str(change.path[0]) if len(change.path) > 1 else "organisation"
        for key, value in change.after.items() if isinstance(change.after, dict) else ():
            if key not in _QUIET and key != "name":
                field = _Field(table, (key,), change.shape.fields.get(key) or Shape())
                yield Said("stated", field.label(self.language), "", field.said(self.head, value, (*change.path, key)), "", place)  # fmt: skip

    def _note(self, change: Change) -> str:
        if change.kind == "reordered":
            return phrase("reordered", self.language)
        if change.kind == "translated":
            new = sorted(change.after.keys() ^ change.before.keys())
            return phrase("translated", self.language, languages=", ".join(new))
        if change.what.endswith(".period") and change.kind == "changed" and not {change.before, change.after} & set(_WORDS):  # fmt: skip
            words = ("longer", change.after, change.before), ("shorter", change.before, change.after)
            return next((phrase(word, self.language) for word, one, than in words if longer(one, than)), "")
        return ""

    def _labelled(self, say: Speaker, path: Path) -> tuple[str, _Field]:
        """Return what the statement at a path is called, from the record on, and the field it is."""
        record = 2 if len(path) > 1 and SHAPE.fields[str(path[0])].values is not None else 1
        table = str(path[0]) if record == 2 else "organisation" if path[0] in ("controller", "processor") else "register"  # fmt: skip
        shape = SHAPE.fields[str(path[0])]
        shape = (shape.values or shape) if record == 2 else shape
        crumbs: list[str] = []
        keys: tuple[str, ...] = ()
        for at, step in enumerate(path[record:], record):
            last = at == len(path) - 1
            below = (shape.items if isinstance(step, int) else shape.fields.get(step, shape.values)) or Shape()
            part = f"{table}.{'.'.join(keys)}"
            if isinstance(step, int) and not last:
                crumbs.append(self._entry(say, path[: at + 1], _Field(table, keys, below)))
            if not isinstance(step, int) and step not in shape.fields:  # an id, or a word of a list
                name = noun(part, self.language)
                crumbs.append(f"{name} {in_quotes(self._called(say, path[: at + 1]), self.language)}" if name else f"{_Field(table, keys, below).label(self.language)}: {_codes(say, keys, step)}")  # fmt: skip
                keys = ()
                table = part if part in TABLES else table
            elif isinstance(step, int):
                if part in TABLES and not last:
                    table, keys = part, ()
            else:
                keys = (*keys, step)
            shape = below
        field = _Field(table, keys, shape)
        label = ": ".join([*crumbs, *([field.label(self.language)] if keys else [])])
        return _capital(label or str(path[-1])), field

    def _called(self, say: Speaker, path: Path) -> str:
        return translate(called(say.register, path), self.language, say.register.language)

    def _entry(self, say: Speaker, path: Path, field: _Field) -> str:
        """Return which entry of a list: its label, and what it is about."""
        value: Any = self.plain[id(say)]
        for step in path:
            value = value[step]
        firsts = (next(iter(model.model_fields)) for model in field.shape.models)
        first = next((name for name in firsts if isinstance(value, dict) and name in value), "")
        about = field.said(say, {first: value[first]}, path) if first else ""
        return f"{field.label(self.language)} ({about})" if about else field.label(self.language)


@dataclass(frozen=True)
class _Field:
    """A statement by its table and keys: what it is called and how its values are said."""

    table: str
    keys: tuple[str, ...]
    shape: Shape

    @property
    def key(self) -> str:
        return ".".join(self.keys)

    def label(self, language: str) -> str:
        """Return its label; the text's own key where the workbook has no word for it."""
        key = self._headed_by()
        if key not in fields_of(self.table):
            return self.keys[-1] if self.keys else ""
        return translate(about_field(self.table, key).label, language).partition(" (art.")[0].partition(" (Art.")[0]

    def _headed_by(self) -> str:
        """Return the key of the column that shows it: for a record that column may show what it is known by."""
        apart = [
            one for one in (self.shape, self.shape.items) if one and (one is not self.shape or len(one.models) > 1)
        ]
        firsts = (next(iter(model.model_fields)) for one in apart for model in one.models)
        keys = (self.key, *(f"{self.key}.{first}" for first in firsts))
        return next((key for key in keys if key in fields_of(self.table)), self.key)

    def said(self, say: Speaker, value: Any, path: Path) -> str:
        """Return what a plain value says; `path` is where it stands."""
        if value is None:
            return ""
        if isinstance(value, str) and value in _WORDS:
            return say.say(value)
        if isinstance(value, list):
            items = self.shape.items or Shape()
            entries = (_Field(self.table, self.keys, items).said(say, each, (*path, at)) for at, each in enumerate(value))  # fmt: skip
            return "; ".join(entries)
        if isinstance(value, dict) and not (
            "text" in self.shape.scalars and not value.keys() & self.shape.fields.keys()
        ):
            return self._record(say, value, path)
        if not self.shape.scalars and not self.shape.section and not self.shape.words:
            return str(value)
        about = about_field(self.table, self.key)
        codes = about.codes or ("fact" if "yes" in self.shape.words else "")
        return Kind(replace(self.shape, items=None), codes, about.proper).said(say, value)

    def _record(self, say: Speaker, value: dict[str, Any], path: Path) -> str:
        if (self.table, self.keys[-1:]) == ("transfers", ("instruments",)) and path:
            return instrument(say, _typed(say, path))
        parts = []
        for key, each in value.items():
            below = self.shape.fields.get(key) or self.shape.values or Shape()
            table, keys = (f"{self.table}.{self.key}", (key,)) if f"{self.table}.{self.key}" in TABLES else (self.table, (*self.keys, key))  # fmt: skip
            field = _Field(table, keys, below)
            if key not in self.shape.fields and isinstance(each, dict) and "name" in each:  # a part with an id
                parts.append(say.text(each["name"]))
                continue
            text = field.said(say, each, (*path, key))
            bare = (
                below.section
                or below.items
                or {"text", "period", "line"} & below.scalars
                or about_field(table, ".".join(keys)).codes not in ("", "fact")
            )
            parts.append(text if bare else f"{field.label(say.language) or key}: {text}")
        return " · ".join(part for part in parts if part)


def _typed(say: Speaker, path: Path) -> Any:
    record: Any = say.register
    for step in path:
        record = getattr(record, str(step)) if isinstance(record, Record) else record[step]
    return record


def _codes(say: Speaker, keys: tuple[str, ...], step: str | int) -> str:
    """Return the word of a list that a mapping has for its key."""
    return say.code({"rights": "right"}.get(keys[-1] if keys else "", ""), str(step))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

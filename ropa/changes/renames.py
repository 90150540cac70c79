"""Ids that were changed while the record stayed the same: a renamed party is not one that left and one that came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ropa.changes.plain import SHAPE
from ropa.model import BY_ID
from ropa.model.shape import references
from ropa.source import Path, format_path

__all__ = ["Renames", "renames"]

_NAMELESS = 0.75
"""How alike two records without a name must be, as a share of what either states."""


class Renames:
    """Which ids became which: by the place of the old one, in the new record."""

    def __init__(self, found: Mapping[Path, str] | None = None) -> None:
        self.found: dict[Path, str] = dict(found or {})

    def __bool__(self) -> bool:
        return bool(self.found)

    def now(self, path: str) -> str:
        """Return where a place of the old register is called in the new one."""
        for old, new in self.found.items():  # sections first: parts are found in records that have their new id
            before, after = format_path(old), format_path((*old[:-1], new))
            if path == before or path.startswith((f"{before}.", f"{before}[")):
                path = after + path[len(before) :]
        return path

    def before(self, path: Path) -> Path:
        """Return where a place of the new register stood in the old one."""
        for old, new in reversed(self.found.items()):
            if path[: len(old)] == (*old[:-1], new):
                path = (*old, *path[len(old) :])
        return path

    def applied(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        """Return a register's plain values with the new ids in place of the old."""
        for old, new in self.found.items():
            plain = _renamed(plain, old, new)
        return dict(plain)

    def and_then(self, more: Mapping[Path, str]) -> Renames:
        """Return these and more."""
        return Renames({**self.found, **more})


def renames(before: dict[str, Any], after: dict[str, Any]) -> Renames:
    """Recognise the ids of records, and of their parts, that were changed and nothing else with them.

    A record is the same if it states the same, or bears the same name; what its references are
    called now is known from the records found so far, so the search goes on until it finds no more.
    """
    found = Renames()
    while more := dict(_among(before, after)):
        found = found.and_then(more)
        before = Renames(more).applied(before)
    return found


def _among(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for section in BY_ID:
        old, new = before.get(section, {}), after.get(section, {})
        yield from _pairs((section,), old, new)
        for one in (key for key in new if key in old):  # in the order of the text, whatever the hash seed
            for part in _parts(section):
                was, now = old[one].get(part), new[one].get(part)
                if isinstance(was, dict) and isinstance(now, dict):
                    yield from _pairs((section, one, part), was, now)


@cache
def _parts(section: str) -> tuple[str, ...]:
    """Return the fields of a section's records that hold records by id: an activity's purposes and cookies."""
    records = SHAPE.fields[section].values
    fields = records.fields if records is not None else {}
    return tuple(name for name, below in fields.items() if below.values is not None and below.values.models)


def _pairs(path: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield each id that is gone with the one that came for the same record, where there is no doubt."""
    gone = {one: record for one, record in before.items() if one not in after}
    come = {one: record for one, record in after.items() if one not in before}
    for same in (_equal, _namesakes):
        for one in sorted(gone):
            meant = [other for other in come if same(gone[one], come[other])]
            rivals = [each for each in gone if len(meant) == 1 and same(gone[each], come[meant[0]])]
            if len(meant) == len(rivals) == 1:
                yield (*path, one), meant[0]
                del gone[one], come[meant[0]]


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _namesakes(one: Any, other: Any) -> bool:
    """Tell whether two records are about the same: by their name; without one, by how much they share."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    names = [each.get("name", "unknown") for each in (one, other)]
    if "unknown" not in names:
        return _same_words(*names) or _renamed_too(one, other)
    stated, told = set(_leaves(one)), set(_leaves(other))
    return names[0] == names[1] and len(stated & told) >= _NAMELESS * len(stated | told)


def _same_words(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two texts say the same in each language that both are written in."""
    shared = one.keys() & other.keys()
    return bool(shared) and all(one[language] == other[language] for language in shared)


def _renamed_too(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether only the name changed, of something that its contact, its contract or its purposes make certain."""
    certain = one.get("contact") or one.get("contract") or one.get("purposes")
    return isinstance(certain, dict) and {**one, "name": None} == {**other, "name": None}


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, (*path, 0))
    else:
        yield path, str(value)


def _renamed(plain: Mapping[str, Any], old: Path, new: str) -> dict[str, Any]:
    """Return plain values with one id changed: where it stands, and wherever it is named."""
    made = _at(plain, old[:-1], lambda held: {new if key == old[-1] else key: each for key, each in held.items()})
    if len(old) == 2:
        for path, section, one in references(SHAPE, made):
            if (section, one) == old:
                made = _at(made, path, lambda _: new)
    return _in_words(made, old, new)


def _at(value: Any, path: Path, change: Any) -> Any:
    """Return a copy of a value with what stands at a path changed."""
    if not path:
        return change(value)
    step, *rest = path
    copy: Any = list(value) if isinstance(value, list) else dict(value)
    copy[step] = _at(value[step], tuple(rest), change)
    return copy


def _in_words(plain: dict[str, Any], old: Path, new: str) -> dict[str, Any]:
    """Return plain values with an id changed where it is part of a line: `activity.purpose`, a waiver's subject."""
    for one, waiver in plain.get("waivers", {}).items():
        for key in ("subject", "path"):
            plain = _at(plain, ("waivers", one, key), Renames({old: new}).now) if key in waiver else plain
    if old[0] != "activities" or len(old) not in (2, 4):
        return plain
    was = ".".join(str(step) for step in old[1::2])
    now = ".".join([*(str(step) for step in old[1:-1:2]), new])
    line = re.compile(rf"{re.escape(was)}(?=\.|$)")
    for one, notice in plain.get("notices", {}).items():
        named = notice.get("covers", {}).get("purposes")
        if named:
            said = [line.sub(now, each, count=1) if line.match(each) else each for each in named]
            plain = _at(plain, ("notices", one, "covers", "purposes"), lambda _, said=said: said)
    if len(old) == 4:
        recipients = plain["activities"][old[1]].get("recipients")
        for at, each in enumerate(recipients if isinstance(recipients, list) else ()):
            if isinstance(each, dict) and old[3] in each.get("purposes", ()):
                said = [new if purpose == old[3] else purpose for purpose in each["purposes"]]
                plain = _at(plain, ("activities", old[1], "recipients", at, "purposes"), lambda _, said=said: said)
    return plain

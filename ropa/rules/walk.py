"""Every record of a register, once, with the way to it: what rules are asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ropa.model import SECTIONS, Activity, Party, Purpose, Record, Register, in_place
from ropa.source import Path

__all__ = ["Subject", "looked_at", "subjects"]


class Subject(NamedTuple):
    """A record, the way to it, the records it stands in, and whether it is in place on the day asked about."""

    record: Record
    path: Path
    above: tuple[Record, ...]
    in_place: bool = True


def subjects(register: Register, day: date) -> Iterator[Subject]:
    """Yield the register, its organisation, and each record of its sections with what it contains.

    What a record contains is left out if the record itself is not in place on the day.
    """
    yield Subject(register, (), ())
    for name in ("controller", "processor"):
        organisation = getattr(register, name)
        if organisation is not None:
            yield Subject(organisation, (name,), ())
    for section in SECTIONS:
        for one, record in getattr(register, section).items():
            subject = Subject(record, (section, one), (), in_place(record, day))
            yield subject
            if subject.in_place and type(record) in _WITHIN:
                yield from _within(subject, _WITHIN[type(record)], day)


def looked_at(register: Register, path: Path, day: date) -> bool:
    """Tell whether rules look at what stands at a path on a day: it, and each record that it stands in, is in place."""
    held: Any = register
    for step in path:
        try:
            held = getattr(held, str(step)) if isinstance(held, Record) else held[step]
        except (AttributeError, LookupError, TypeError):
            return True  # the register as a whole, or what is no longer there
        if isinstance(held, Record) and not in_place(held, day):
            return False
    return True


_WITHIN: dict[type[Record], tuple[str, ...]] = {
    Activity: ("purposes", "cookies", "retention", "automated_decisions", "joint_control", "dpia"),
    Purpose: ("legal_basis", "special_categories", "criminal_data"),
    Party: ("contract",),
}
"""The fields of a record whose records rules are asked about too."""


def _within(subject: Subject, fields: tuple[str, ...], day: date) -> Iterator[Subject]:
    """Yield the records that stand in some fields of a record, and in those in turn."""
    record, above = subject.record, (*subject.above, subject.record)
    for name in fields:
        value = getattr(record, name)
        if value is None or isinstance(value, str):
            continue
        for step, each in _records(value):
            path = (*subject.path, name) if step is None else (*subject.path, name, step)
            found = Subject(each, path, above, in_place(each, day))
            yield found
            if found.in_place and type(each) in _WITHIN:
                yield from _within(found, _WITHIN[type(each)], day)


def _records(value: object) -> Iterator[tuple[str | int | None, Record]]:
    """Yield the records that a field holds: one alone, several in a list, or several under ids."""
    if isinstance(value, Record):
        yield None, value
    elif isinstance(value, (tuple, Mapping)):
        steps = value.items() if isinstance(value, Mapping) else enumerate(value)
        for step, each in steps:
            if isinstance(each, Record):
                yield step, each

"""Every record of a register, once, with the way to it: what rules are asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ropa.model import SECTIONS, Activity, Party, Purpose, Record, Register
from ropa.source import Path

__all__ = ["Subject", "subjects"]


class Subject(NamedTuple):
    """A record, the way to it, and the records it stands in."""

    record: Record
    path: Path
    above: tuple[Record, ...]


def subjects(register: Register) -> Iterator[Subject]:
    """Yield the register, its organisation, and each record of its sections with what it contains."""
    yield Subject(register, (), ())
    for name in ("controller", "processor"):
        organisation = getattr(register, name)
        if organisation is not None:
            yield Subject(organisation, (name,), ())
    for section in SECTIONS:
        for one, record in getattr(register, section).items():
            path: Path = (section, one)
            yield Subject(record, path, ())
            if isinstance(record, Activity):
                yield from _within_activity(record, path)
            elif isinstance(record, Party):
                yield from _each(record, path, "contract")


def _within_activity(activity: Activity, path: Path) -> Iterator[Subject]:
    for name in ("purposes", "cookies", "retention", "automated_decisions", "joint_control", "dpia"):
        for subject in _each(activity, path, name):
            yield subject
            if isinstance(subject.record, Purpose):
                for field in ("legal_basis", "special_categories", "criminal_data"):
                    yield from _each(subject.record, subject.path, field, subject.above)


def _each(record: Record, path: Path, name: str, above: tuple[Record, ...] = ()) -> Iterator[Subject]:
    """Yield the records that stand in a field: alone, in a list or under ids."""
    value = getattr(record, name)
    here, above = (*path, name), (*above, record)
    if isinstance(value, Record):
        yield Subject(value, here, above)
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            if isinstance(each, Record):
                yield Subject(each, (*here, at), above)
    elif isinstance(value, Mapping):
        for one, each in value.items():
            if isinstance(each, Record):
                yield Subject(each, (*here, one), above)

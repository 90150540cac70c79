"""Waivers that point at nothing: their subject names a record that the register does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ropa.errors import nearest
from ropa.model import SECTIONS, Register
from ropa.source import Fact, Fault, Path, Place, format_path, parse_path, visible

__all__ = ["missing_subjects"]

Locate = Callable[..., Place]

WHOLE = "register"
"""What findings about the register as a whole are about."""
HOLDERS = (*SECTIONS, "controller", "processor")
"""The fields of a register in which records stand."""


def missing_subjects(data: dict[str, Any], locate: Locate, *, unreadable: bool) -> Iterator[Fault]:
    """Check the `subject` of each waiver in a register's plain values; yield a fault for each that is no record.

    Where a file could not be read (`unreadable`) it may hold the record, and only what looks mistyped is named.
    """
    waivers = data.get("waivers")
    for one, waiver in waivers.items() if isinstance(waivers, dict) else ():
        subject = waiver.get("subject") if isinstance(waiver, dict) else None
        if not isinstance(subject, str) or not subject.strip() or _is_record(data, subject):
            continue  # what is no text at all is reported as a wrong value
        if _in_a_mistyped_section(data, subject):
            continue
        near = _meant(data, subject)
        if near is None and unreadable:
            continue
        path: Path = ("waivers", one, "subject")
        facts: dict[str, Fact] = {"subject": visible(subject), "suggestion": visible(near or "")}
        yield Fault("SRC08", locate(path), "record-near" if near else "record-far", facts, format_path(path))


def _is_record(data: Any, subject: str) -> bool:
    """Tell whether a record stands there; a section is none, and a record is written in one way only."""
    path = parse_path(subject)
    if subject == WHOLE:
        return True
    if format_path(path) != subject or path[0] not in HOLDERS or (len(path) == 1 and subject in SECTIONS):
        return False
    return isinstance(_at(data, path), dict)


def _at(data: Any, path: Path) -> Any:
    """Return what stands at a path; None if nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _in_a_mistyped_section(data: dict[str, Any], subject: str) -> bool:
    """Tell whether the section itself is mistyped: that fault says it all."""
    section = str(next(iter(parse_path(subject)), ""))
    return (
        section in HOLDERS
        and section not in data
        and any(nearest(str(key), [section]) for key in data if key not in Register.model_fields)
    )


def _meant(data: dict[str, Any], subject: str) -> str | None:
    """Guess the record that was meant: each step that is not there is taken for the nearest that is."""
    found: Path = ()
    for step in parse_path(subject):
        there = _at(data, found)
        keys = [str(key) for key in there if found or key in HOLDERS] if isinstance(there, dict) else []
        near = step if step in keys or isinstance(step, int) else nearest(step, keys)
        if near is None:
            return None
        found = (*found, near)
    meant = format_path(found)
    return meant if meant != subject and _is_record(data, meant) else None

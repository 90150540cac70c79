"""Which record names which: every reference of a register, turned round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ropa.model import SECTIONS, Record, Register
from ropa.model.shape import Shape, shape_of
from ropa.source.page import translate

__all__ = ["Named", "namers", "namesakes"]

Named = tuple[str, str]
"""A record: its section of the register and its id."""


def namers(register: Register) -> dict[Named, frozenset[Named]]:
    """Return, for each record that another one names, which do.

    The references are read off the shape of the records, so that no field that can hold one is forgotten.
    """
    found: dict[Named, set[Named]] = {}
    for section, kind in SECTIONS.items():
        for one, record in getattr(register, section).items():
            named: set[Named] = set()
            _collect(shape_of(kind), record, named)
            for each in named - {(section, one)}:
                found.setdefault(each, set()).add((section, one))
    return {named: frozenset(by) for named, by in found.items()}


def _collect(shape: Shape, value: Any, named: set[Named]) -> None:
    if isinstance(value, str):
        if shape.section is not None and value not in shape.words:
            named.add((shape.section, value))
    elif isinstance(value, Record):
        for name, below in shape_of(type(value)).referring:
            _collect(below, getattr(value, name), named)
    elif isinstance(value, tuple) and shape.items is not None:
        for each in value:
            _collect(shape.items, each, named)
    elif isinstance(value, Mapping) and shape.values is not None:
        for each in value.values():
            _collect(shape.values, each, named)


def namesakes(register: Register) -> dict[str, tuple[str, ...]]:
    """Return, for each party that shares its name with others, all who bear it, in the order of their ids.

    Case, spaces and punctuation make no difference; the legal form does, since it tells firms apart.
    """
    found: dict[str, list[str]] = {}
    for one, party in sorted(register.parties.items()):
        name = "" if party.name == "unknown" else translate(party.name, register.language)
        letters = "".join(each for each in name.casefold() if each.isalnum())
        if letters:
            found.setdefault(letters, []).append(one)
    return {one: tuple(ids) for ids in found.values() if len(ids) > 1 for one in ids}

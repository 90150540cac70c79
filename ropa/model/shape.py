"""What may stand where: the shape of the records, read off their types.

The loader asks it which fields a place knows (to suggest the one that was meant) and which values
are references (to find those that point at nothing), also where a record is not valid as a whole.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import StringConstraints

from ropa.model.base import ID_PATTERN, PERIOD_PATTERN, Language, Record, RefersTo
from ropa.model.countries import COUNTRY_PATTERN

__all__ = ["Shape", "references", "shape_at", "shape_of"]

Path = tuple[str | int, ...]

_SCALARS: dict[Any, str] = {date: "day", int: "number"}
_PATTERNS = {ID_PATTERN: "id", PERIOD_PATTERN: "period", COUNTRY_PATTERN: "country"}


@dataclass(eq=False)
class Shape:
    """What a value may be: a record with fields, a mapping, a list, a reference; several at once."""

    models: list[type[Record]] = field(default_factory=list)
    fields: dict[str, Shape] = field(default_factory=dict)
    values: Shape | None = None
    items: Shape | None = None
    section: str | None = None
    words: set[str | int] = field(default_factory=set)
    """The words and numbers of its literals: `none` and `unknown` are no ids."""
    scalars: set[str] = field(default_factory=set)
    """What a single value can be besides: `text` (by language), `line`, `day`, `period`, `country`, `number`, `id`."""

    @cached_property
    def refers(self) -> bool:
        """Whether a reference can stand here or below. (Records do not contain themselves.)"""
        below = (*self.fields.values(), self.values, self.items)
        return self.section is not None or any(each is not None and each.refers for each in below)

    @cached_property
    def referring(self) -> list[tuple[str, Shape]]:
        """The fields that a reference can stand in or below."""
        return [(name, below) for name, below in self.fields.items() if below.refers]


@cache
def shape_of(model: type[Record]) -> Shape:
    """Return the shape of a record."""
    shape = Shape([model])
    for name, info in model.model_fields.items():
        below = shape.fields[name] = Shape()
        _add(below, info.annotation)
        for mark in info.metadata:
            _mark(below, mark)
    return shape


def shape_at(shape: Shape, path: Path) -> Shape | None:
    """Return the shape of what stands at `path`, or None where nothing can."""
    for step in path:
        below = shape.items if isinstance(step, int) else shape.fields.get(step, shape.values)
        if below is None:
            return None
        shape = below
    return shape


def references(shape: Shape, value: Any) -> list[tuple[Path, str, str]]:
    """Return each reference in plain values: where it stands, the section it points into, the id.

    Values of the wrong kind are passed over: others report them.
    """
    found: list[tuple[Path, str, str]] = []
    _collect(shape, value, (), found)
    return found


def _collect(shape: Shape, value: Any, path: Path, found: list[tuple[Path, str, str]]) -> None:
    kind = type(value)
    if kind is str:
        if shape.section is not None and value not in shape.words:
            found.append((path, shape.section, value))
    elif kind is dict:
        for name, below in shape.referring:
            if name in value:
                _collect(below, value[name], (*path, name), found)
        if shape.values is not None and shape.values.refers:
            for name, each in value.items():
                _collect(shape.values, each, (*path, name), found)
    elif kind is list and shape.items is not None and shape.items.refers:
        for at, each in enumerate(value):
            _collect(shape.items, each, (*path, at), found)


def _add(shape: Shape, annotation: Any) -> None:
    """Read one type into a shape; the members of a union are read into the same."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        _add(shape, args[0])
        for mark in args[1:]:
            _mark(shape, mark)
    elif origin in (Union, types.UnionType):
        for member in args:
            _add(shape, member)
    elif origin is Literal:
        shape.words.update(args)
    elif origin is tuple:
        shape.items = shape.items or Shape()
        _add(shape.items, args[0])
    elif origin in (dict, Mapping) and args[0] is Language:
        shape.scalars.add("text")
    elif origin in (dict, Mapping):
        shape.values = shape.values or Shape()
        _add(shape.values, args[1])
    elif isinstance(annotation, type) and issubclass(annotation, Record):
        inner = shape_of(annotation)
        shape.models += inner.models
        for name, below in inner.fields.items():
            known = shape.fields.get(name)
            shape.fields[name] = below if known is None or known is below else _together(known, below)
    elif annotation in _SCALARS:
        shape.scalars.add(_SCALARS[annotation])


def _together(one: Shape, other: Shape) -> Shape:
    """Return the shape of what may be either: a field of the same name in two members of a union."""
    return Shape(
        [*one.models, *other.models],
        {**one.fields, **other.fields},
        one.values or other.values,
        one.items or other.items,
        one.section or other.section,
        one.words | other.words,
        one.scalars | other.scalars,
    )


def _mark(shape: Shape, mark: Any) -> None:
    if isinstance(mark, RefersTo):
        shape.section = mark.section
    elif isinstance(mark, StringConstraints):
        shape.scalars.add(_PATTERNS.get(str(mark.pattern), "line"))

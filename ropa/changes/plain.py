"""A register as plain values, written in one way: what is written differently and means the same, is the same here."""

from __future__ import annotations

from typing import Any

from ropa.model import Register
from ropa.model.shape import Shape, shape_of

__all__ = ["SHAPE", "plain_of"]

SHAPE = shape_of(Register)
"""What may stand where in a register."""

_WORDS = ("none", "unknown")


def plain_of(register: Register) -> dict[str, Any]:
    """Return a register's statements as plain values.

    What is absent stays absent. A text is a mapping by language, a list that may be written as its
    only entry is a list, an entry that may be written as its mere id is a mapping.
    """
    written = register.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    found: dict[str, Any] = _one_way(SHAPE, written, register.language)
    return found


def _one_way(shape: Shape, value: Any, language: str) -> Any:
    if isinstance(value, list):
        return [_entry(shape.items or Shape(), each, language) for each in value]
    if isinstance(value, dict):
        if "text" in shape.scalars and not (value.keys() & shape.fields.keys()):
            return value
        if shape.items is not None and shape.models:  # one, or a list of them
            return [_entry(shape.items, value, language)]
        return {key: _one_way(_below(shape, key), each, language) for key, each in value.items()}
    if isinstance(value, str) and "text" in shape.scalars and value not in _WORDS:
        return {language: value}
    return value


def _entry(shape: Shape, value: Any, language: str) -> Any:
    if isinstance(value, str) and shape.section and shape.fields:
        field = next(name for name, below in shape.fields.items() if below.section == shape.section)
        return {field: value}
    return _one_way(shape, value, language)


def _below(shape: Shape, key: str) -> Shape:
    return shape.fields.get(key) or shape.values or Shape()

"""What changed between two registers: statements, not lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ropa.changes.plain import SHAPE
from ropa.model.shape import Shape
from ropa.source import Path

__all__ = ["Change", "compare"]

_IN_ORDER = frozenset({"transfers.instruments"})
"""Lists whose order means something: if the first instrument falls, the next must hold."""
_HEADER = frozenset({"ropa"})


@dataclass(frozen=True)
class Change:
    """One statement that a register makes and the other does not make so.

    `path` is where it stands in the new register, in the old one if it was removed; ids are those
    of the new one. `what` is the path without ids and numbers: `activities.purposes.legal_basis`.
    """

    kind: Literal["added", "removed", "changed", "reordered", "translated"]
    path: Path
    what: str
    shape: Shape
    before: Any = None
    """The plain value that it had; None if nothing was stated."""
    after: Any = None
    """The plain value that it has; None if nothing is stated."""
    old_path: Path = ()
    """Where it stood in the old register, with the new ids; the same as `path` unless a list moved."""

    @property
    def record(self) -> Path:
        """The record that it is about, or a part of: section and id, or one step for what stands alone."""
        sections = SHAPE.fields[str(self.path[0])].values
        return self.path[:2] if sections is not None and len(self.path) > 1 else self.path[:1]


def compare(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    """Return the changes between the plain values of two registers, in the order of the model and of the text."""
    fields = [name for name in SHAPE.fields if name not in _HEADER]
    return tuple(
        change for name in fields for change in _Comparer(name).at(SHAPE.fields[name], (name,), (name,), before.get(name), after.get(name))
    )  # fmt: skip


class _Comparer:
    """Walks what stands at the same place in two registers."""

    def __init__(self, what: str) -> None:
        self.what = what

    def at(self, shape: Shape, path: Path, old: Path, before: Any, after: Any) -> Iterator[Change]:
        """Yield what changed at a place and below it."""
        if before == after:
            return
        mappings = isinstance(before or {}, dict) and isinstance(after or {}, dict)
        if mappings and shape.values is not None and not shape.fields:
            yield from self._by_key(shape.values, path, old, before or {}, after or {})
        elif mappings and shape.fields and (before is not None) == (after is not None):
            yield from self._by_field(shape, path, old, before, after)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._by_entry(shape.items or Shape(), path, old, before, after)
        else:
            yield self._leaf(shape, path, old, before, after)

    def _below(self, key: str) -> _Comparer:
        return _Comparer(f"{self.what}.{key}")

    def _by_key(self, shape: Shape, path: Path, old: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:  # fmt: skip
        """Yield what changed in a mapping by id."""
        for key in dict.fromkeys((*after, *before)):
            yield from self.at(shape, (*path, key), (*old, key), before.get(key), after.get(key))

    def _by_field(self, shape: Shape, path: Path, old: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:  # fmt: skip
        """Yield what changed in the fields of a record, in the order of the model."""
        fields = sorted({*before, *after}, key=list(shape.fields).index)
        for name in fields:
            below = shape.fields[name]
            yield from self._below(name).at(below, (*path, name), (*old, name), before.get(name), after.get(name))

    def _by_entry(self, shape: Shape, path: Path, old: Path, before: list[Any], after: list[Any]) -> Iterator[Change]:
        """Yield what changed in a list: entries that came, that went, and those that are the same and say something else."""
        pairs = dict(_pairs(shape, before, after))
        if not pairs and len(before) == len(after) == 1:  # a period in place of another; one legal basis for another
            known_apart = _key(shape, before[0]) and _key(shape, after[0])
            one, other = (*path, 0), (*old, 0)
            if known_apart or not isinstance(before[0], dict):
                yield self._leaf(shape, one, other, before[0], after[0])
            else:
                yield from self.at(shape, one, other, before[0], after[0])
            return
        for number, each in enumerate(after):
            there = next((at for at, to in pairs.items() if to == number), None)
            was = None if there is None else before[there]
            yield from self.at(shape, (*path, number), (*old, number if there is None else there), was, each)
        for number, each in enumerate(before):
            if number not in pairs:
                yield from self.at(shape, (*path, number), (*old, number), each, None)
        kept = [pairs[number] for number in sorted(pairs)]
        if self.what in _IN_ORDER and kept != sorted(kept):
            yield Change("reordered", path, self.what, shape, before, after, old)

    def _leaf(self, shape: Shape, path: Path, old: Path, before: Any, after: Any) -> Change:
        kind: Literal["added", "removed", "changed", "translated"] = "changed"
        if before is None or after is None:
            kind = "added" if before is None else "removed"
        elif "text" in shape.scalars and isinstance(before, dict) and isinstance(after, dict):
            shared = before.keys() & after.keys()
            kind = "translated" if shared and all(before[one] == after[one] for one in shared) else "changed"
        return Change(kind, path if after is not None else old, self.what, shape, before, after, old)


def _pairs(shape: Shape, before: list[Any], after: list[Any]) -> Iterator[tuple[int, int]]:
    """Pair the entries of two lists that are the same: equal ones, then those with one key, then the likest in turn."""
    old, new = dict(enumerate(before)), dict(enumerate(after))
    for same in (_equal, _same_key, _alike):
        for at, one in list(old.items()):
            to = next((number for number, each in new.items() if same(shape, one, each)), None)
            if to is not None:
                yield at, to
                del old[at], new[to]


def _equal(_: Shape, one: Any, other: Any) -> bool:
    return bool(one == other)


def _same_key(shape: Shape, one: Any, other: Any) -> bool:
    """Tell whether two records of a list are about the same: what the first field of their model names."""
    key = _key(shape, one)
    return key is not None and key == _key(shape, other)


def _key(shape: Shape, one: Any) -> tuple[str, str] | None:
    if not isinstance(one, dict):
        return None
    firsts = (next(iter(model.model_fields)) for model in shape.models)
    first = next((name for name in firsts if one.get(name) not in (None, "unknown")), None)
    return None if first is None else (first, str(one[first]))


def _alike(shape: Shape, one: Any, other: Any) -> bool:
    """Tell whether two records of a list, which no key tells apart, share half of what they state."""
    if not isinstance(one, dict) or not isinstance(other, dict) or (_key(shape, one) and _key(shape, other)):
        return False
    same = sum(one[name] == other[name] for name in one.keys() & other.keys())
    return bool(2 * same >= min(len(one), len(other)))

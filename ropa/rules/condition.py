"""Conditions of declared rules: a way from a record to values, and what those must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from ropa.errors import nearest
from ropa.model import Record
from ropa.model.base import Country
from ropa.model.countries import COUNTRIES, country_meant
from ropa.rules.near import NEAR
from ropa.rules.rule import Context

__all__ = ["Condition", "word"]

STATES = frozenset({"stated", "absent"})
"""What can be asked of a field, whatever it holds."""
GAPS = frozenset({"none", "unknown"})
"""What can stand where a record could."""
OPEN = frozenset({"extensions", "conditions"})
"""Fields whose keys nobody lists: what follows cannot be told wrong."""
MANY = 20
"""Words that are too many to name them all."""


@dataclass(frozen=True)
class Condition:
    """One condition: a way to values, and what they must be."""

    path: tuple[str, ...]
    wanted: tuple[str, ...]

    def holds(self, record: Record, ctx: Context) -> bool:
        """Tell whether it holds for a record: one of the words stands there, or one of the states is so."""
        values = list(_values(record, self.path, ctx))
        stated = [value for value in values if not (isinstance(value, str) and value in GAPS)]
        return (
            ("absent" in self.wanted and not values)
            or ("stated" in self.wanted and bool(stated))
            or any(word(value) in self.wanted for value in values)
        )

    def fault(self, kind: type[Record]) -> str | None:
        """Say what is wrong with it for a kind of record: a way that leads nowhere, a word that never stands there."""
        if not self.wanted:
            return "nothing is named that it must be"
        steps = [_Step((kind,))]
        for name in self.path:
            following = steps[-1].follow(name)
            if following is None:
                return steps[-1].lacks(name)
            if following.open:
                return None
            steps.append(following)
        always = _always(kind, self.path, self.wanted)
        return always or steps[-1].refuses(self.path[-1], self.wanted)


@dataclass(frozen=True)
class _Step:
    """What can stand at a point of a way: records, keyed values, words."""

    kinds: tuple[type[Record], ...] = ()
    keyed: Mapping[str, tuple[Any, ...]] | None = None
    """By key: the types of what stands there."""
    words: frozenset[str] = frozenset()
    closed: bool = True
    """Whether nothing but the words can stand there."""
    open: bool = False
    """Whether nobody lists what can follow."""

    def follow(self, name: str) -> _Step | None:
        """Return where a name leads, or None if there is no such thing."""
        if self.keyed is not None and name in self.keyed:
            return _step_of(self.keyed[name])
        found = [one for one in (_follow(kind, name) for kind in self.kinds) if one is not None]
        if not found:
            return None
        return _Step(
            tuple(dict.fromkeys(kind for one in found for kind in one.kinds)),
            next((one.keyed for one in found if one.keyed is not None), None),
            frozenset(word for one in found for word in one.words),
            all(one.closed for one in found),
            any(one.open for one in found),
        )

    def lacks(self, name: str) -> str:
        """Say that there is no such field here."""
        fields = {field for kind in self.kinds for field in kind.model_fields} | set(self.keyed or ())
        fields |= {word for word, near in NEAR.items() if any(issubclass(kind, near.of) for kind in self.kinds)}
        meant = nearest(name, list(fields))
        return f"there is no field `{name}`" + (f"; did you mean `{meant}`?" if meant else "")

    def refuses(self, name: str, wanted: Iterable[str]) -> str | None:
        """Say which word can never stand here, if there is one."""
        wrong = next((one for one in wanted if self.closed and one not in self.words | STATES), None)
        if wrong is None:
            return None
        if self.kinds or self.keyed is not None:
            fields = [field for kind in self.kinds for field in kind.model_fields] + list(self.keyed or ())
            example = "name" if "name" in fields else min(fields)
            return f"`{wrong}` never stands there: say what of it is asked, as in `{name}.{example}`"
        return _no_word(wrong, self.words)


def _always(kind: type[Record], path: tuple[str, ...], wanted: tuple[str, ...]) -> str | None:
    """Say of a state that it never is so, or always is."""
    states = STATES.intersection(wanted)
    if path[-1] == "outside" and states:
        return "it is always `yes`, `no` or `unknown`"
    if path[-1] == "outside" and len(set(wanted)) == len(NEAR["outside"].words or ()):
        return "it is always one of these"
    if len(path) == 1 and states and path[0] in kind.model_fields and kind.model_fields[path[0]].is_required():
        return "every record has it"
    return None


def _follow(kind: type[Record], name: str) -> _Step | None:
    """Return where a name leads from a kind of record, or None if it has no such field."""
    near = NEAR.get(name)
    own = kind.model_fields.get(name)
    if near is not None and issubclass(kind, near.of):
        gaps = {one for one in _parts(own.annotation) if one in GAPS} if own is not None else set()
        return _Step(near.gives, None, frozenset(gaps) | (near.words or frozenset()))
    if own is None:
        return None
    if name in OPEN:
        return _Step(open=True)
    return _step_of((own.annotation,))


def _step_of(annotations: tuple[Any, ...]) -> _Step:
    parts = [one for annotation in annotations for one in _parts(annotation) if one is not type(None)]
    kinds = tuple(one for one in parts if isinstance(one, type) and issubclass(one, Record))
    keyed = next((one for one in parts if isinstance(one, dict)), None)
    words = frozenset(one for one in parts if isinstance(one, str))
    others = [one for one in parts if not isinstance(one, (str, dict)) and one not in kinds]
    return _Step(kinds, keyed, words, not others)


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield what can stand where an annotation says: types, the words of a Literal, what is held by key."""
    arguments = get_args(annotation)
    if annotation == Country:
        yield from COUNTRIES
    elif hasattr(annotation, "__metadata__"):
        yield from _parts(arguments[0])
    elif get_origin(annotation) is Literal:
        yield from arguments
    elif get_origin(annotation) is Mapping:
        keys = get_args(arguments[0]) if get_origin(arguments[0]) is Literal else ()
        if keys:
            yield dict.fromkeys(keys, (arguments[1],))
        else:
            yield from _parts(arguments[1])
    elif arguments:
        for one in arguments:
            yield from _parts(one)
    elif annotation is not Ellipsis:
        yield annotation


def _no_word(word: str, words: frozenset[str]) -> str:
    meant = country_meant(word) or nearest(word, list(words))
    hint = f"what can is {', '.join(sorted(words))}" if len(words) < MANY else f"did you mean {meant}?" if meant else ""
    return f"`{word}` never stands there; {hint}".removesuffix("; ")


def word(value: Any) -> str:
    """Return a value as a condition writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _values(value: Any, path: tuple[str, ...], ctx: Context) -> Iterator[Any]:
    """Yield what stands at the end of a way: each value of a list, or of a mapping that is not asked by key."""
    if value is None:
        return
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from _values(each, path, ctx)
    elif not path:
        if isinstance(value, Mapping):
            yield from _values(list(value.values()), path, ctx)
        else:
            yield value
    elif isinstance(value, Mapping):
        one = value.get(path[0])  # what is held under ids is asked one by one, also if an id is called like a field
        by_key = one is not None and not (isinstance(one, Record) and path[0] in type(one).model_fields)
        yield from _values([one] if by_key else list(value.values()), path[1:] if by_key else path, ctx)
    elif isinstance(value, Record):
        near = NEAR.get(path[0])
        own = getattr(value, path[0], None)
        if near is not None and isinstance(value, near.of) and not (isinstance(own, str) and own in GAPS):
            own = tuple(near.look(value, ctx))
        yield from _values(own, path[1:], ctx)

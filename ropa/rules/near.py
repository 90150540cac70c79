"""Conditions of declared rules: a way from a record to values near it, and what those must be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from ropa.errors import nearest
from ropa.model import (
    Activity,
    DataCategory,
    DataSubjects,
    Party,
    Purpose,
    Record,
    Service,
    System,
    Transfer,
    known,
)
from ropa.model.base import Country
from ropa.model.countries import COUNTRIES, country_meant
from ropa.rules.rule import Context

__all__ = ["Condition"]

STATES = {"stated", "absent"}
"""What can be asked of any field."""
BY_KEY = {"extensions", "terms", "criteria", "rights", "contents", "conditions"}
"""Fields that hold words by key: the step after one of them is a key."""

MANY = 20
"""Words that are too many to name them all."""

Leads = tuple[tuple[type[Record], ...], set[str] | None]
"""Where a step leads: the kinds of record, and the words that can stand there if they are a closed list."""


@dataclass(frozen=True)
class Condition:
    """One condition: a way to values, and what they must be."""

    path: tuple[str, ...]
    wanted: tuple[str, ...]

    def holds(self, record: Record, ctx: Context) -> bool:
        """Tell whether it holds for a record."""
        values = list(_values(record, self.path, ctx))
        if self.wanted == ("absent",):
            return not values
        if self.wanted == ("stated",):
            return any(value not in ("none", "unknown") for value in values)
        return any(_word(value) in self.wanted for value in values)

    def fault(self, kind: type[Record]) -> str | None:
        """Say what is wrong with it for a kind of record: a way that leads nowhere, a word that never stands there."""
        kinds: tuple[type[Record], ...] = (kind,)
        words: set[str] | None = None
        for step in self.path:
            found = [one for one in (_leads(each, step) for each in kinds) if one is not None]
            if not found:
                return _no_step(step, kinds)
            if step in BY_KEY:
                return None
            kinds = tuple(each for ones, _ in found for each in ones)
            closed = [ones for _, ones in found if ones is not None]
            words = set().union(*closed) if len(closed) == len(found) else None
        wrong = [one for one in self.wanted if words is not None and one not in words | STATES]
        return _no_word(wrong[0], words or set()) if wrong else None


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _leads(kind: type[Record], step: str) -> Leads | None:
    """Tell where a step leads from a kind of record, or None if there is no such step."""
    near = NEAR.get(step)
    if near is not None and issubclass(kind, near.of):
        return near.gives, near.words
    if step not in kind.model_fields:
        return None
    parts = {one for one in _parts(kind.model_fields[step].annotation) if one is not type(None)}
    records = tuple(one for one in parts if isinstance(one, type) and issubclass(one, Record))
    closed = not records and all(isinstance(one, str) for one in parts)
    return records, ({str(one) for one in parts} if closed else None)


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield the types, and the words of a Literal, that can stand where an annotation says."""
    arguments = get_args(annotation)
    if annotation == Country:
        yield from COUNTRIES
    elif hasattr(annotation, "__metadata__"):
        yield from _parts(arguments[0])
    elif get_origin(annotation) is Literal:
        yield from arguments
    elif get_origin(annotation) is Mapping:
        yield from _parts(arguments[1])
    elif arguments:
        for one in arguments:
            yield from _parts(one)
    elif annotation is not Ellipsis:
        yield annotation


def _no_word(word: str, words: set[str]) -> str:
    meant = country_meant(word) or nearest(word, list(words))
    hint = f"what can is {', '.join(sorted(words))}" if len(words) < MANY else f"did you mean {meant}?" if meant else ""
    return f"`{word}` never stands there; {hint}".removesuffix("; ")


def _no_step(step: str, kinds: tuple[type[Record], ...]) -> str:
    fields = {field for kind in kinds for field in kind.model_fields}
    fields |= {word for word, near in NEAR.items() if any(issubclass(kind, near.of) for kind in kinds)}
    suggestion = nearest(step, list(fields))
    return f"there is no field `{step}`" + (f"; did you mean `{suggestion}`?" if suggestion else "")


def _values(record: Any, path: tuple[str, ...], ctx: Context) -> Iterator[Any]:
    """Yield what stands at the end of a way from a record: each value of a list by itself."""
    first, *rest = path
    near = NEAR.get(first)
    if near is not None and isinstance(record, near.of):
        found: Iterable[Any] = near.look(record, ctx)
    else:
        value = getattr(record, first, None)
        if isinstance(value, Mapping) and rest and first in BY_KEY:
            value, rest = value.get(rest[0]), rest[1:]
        found = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
    for each in found:
        if each is None:
            continue
        if rest:
            yield from _values(each, tuple(rest), ctx)
        else:
            yield each


def _activities(record: Any, ctx: Context) -> tuple[Activity, ...]:
    """Return the activities near a record: itself, the one it stands in, or those it belongs to."""
    register = ctx.register
    if isinstance(record, Activity):
        return (record,)
    if isinstance(record, Transfer):
        return tuple(register.activities[one] for one in ctx.graph.activities_of(ctx.id, ctx.day))
    if isinstance(record, Party):
        ways = ctx.graph.ways_to(ctx.id)
        return tuple(register.activities[way.id] for way in ways if way.kind == "activities")
    return tuple(one for one in ctx.above if isinstance(one, Activity))


def _purposes(record: Any, ctx: Context) -> Iterator[Purpose]:
    if isinstance(record, Purpose):
        yield record
    for activity in _activities(record, ctx):
        yield from activity.purpose_records().values()


def _ids(record: Any, ctx: Context, field: str) -> Iterator[str]:
    """Yield the data or people near a record."""
    if isinstance(record, Transfer):
        yield from ctx.graph.data_of(ctx.id, ctx.day) if field == "data" else ctx.graph.people_of(ctx.id, ctx.day)
        return
    own = getattr(record, field, None)
    if isinstance(own, tuple):
        yield from own
        return
    for activity in _activities(record, ctx):
        stated = getattr(activity, field)
        yield from stated if isinstance(stated, tuple) else ()


def _recipients(record: Any, ctx: Context) -> Iterator[Party]:
    """Yield the parties that data of a record reach."""
    for one in (record,) if isinstance(record, (Activity, Service)) else _activities(record, ctx):
        for flow in ctx.graph.flows(one):
            yield ctx.register.parties[flow.reached]


def _countries(record: Any, ctx: Context) -> Iterator[str]:
    if isinstance(record, Transfer):
        yield from ctx.graph.destinations(record)
    for party in (record,) if isinstance(record, Party) else ():
        yield from (party.country,) if known(party.country) else ()
        yield from party.processes_in if isinstance(party.processes_in, tuple) else ()
    if isinstance(record, (Activity, Service, Purpose)):
        for reached in _recipients(record, ctx):
            yield from _countries(reached, ctx)


def _outside(record: Any, ctx: Context) -> Iterator[str]:
    """Yield `yes` if data of a record reach a third country on the day asked about, else `no`."""
    yield "yes" if any(not ctx.law.inside(one, ctx.day) for one in _countries(record, ctx)) else "no"


@dataclass(frozen=True)
class Near:
    """A word of a condition that leads further than the record's own fields."""

    of: tuple[type[Record], ...]
    """The records that have it."""
    look: Callable[[Any, Context], Iterable[Any]]
    gives: tuple[type[Record], ...] = ()
    words: set[str] | None = None
    """The words that it can give, if they are a closed list."""


FLOWS = (Activity, Purpose, Service, Party, Transfer)
NEAR: dict[str, Near] = {
    "activities": Near((Activity, Purpose, Party, Transfer), _activities, (Activity,)),
    "purposes": Near((Activity, Purpose, Party, Transfer), _purposes, (Purpose,)),
    "data": Near(
        (*FLOWS, System),
        lambda record, ctx: (ctx.register.data[one] for one in _ids(record, ctx, "data")),
        (DataCategory,),
    ),
    "data_subjects": Near(
        FLOWS,
        lambda record, ctx: (ctx.register.data_subjects[one] for one in _ids(record, ctx, "data_subjects")),
        (DataSubjects,),
    ),
    "recipients": Near(FLOWS, _recipients, (Party,)),
    "importer": Near(
        (Transfer,),
        lambda record, ctx: (ctx.register.parties[one] for one in (record.to,) if one in ctx.register.parties),
        (Party,),
    ),
    "countries": Near(FLOWS, _countries, words=set(COUNTRIES)),
    "outside": Near(FLOWS, _outside, words={"yes", "no"}),
}
"""What lies near a record, by the word that a condition uses."""

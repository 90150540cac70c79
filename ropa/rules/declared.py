"""Rules that an organisation declares in YAML: where something holds, something is required or forbidden.

    rules:
      OWN01:
        name: No marketing abroad
        on: transfers
        where: {outside: yes, purposes.tags: marketing}
        message: "“{record}” takes marketing data outside the EEA (our policy, point 4)."
        fix: Use a processor in the EEA.
        severity: error
        cites: [Privacy policy 4]

`where` are conditions that must all hold for the rule to speak; with `require` it speaks only if not
all of those hold as well. A condition names a field of the record, or of the records near it
(`purposes.tags`, `data.special`, `importer.country`), and what it must be: a word or a list of words,
`stated`, `absent`, or a derived fact (`outside: yes`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ropa.model import (
    Activity,
    DataCategory,
    DataSubjects,
    Measure,
    Party,
    Purpose,
    Record,
    Service,
    System,
    Transfer,
    known,
)
from ropa.model.base import Many, Text
from ropa.rules.rule import Context, Problem, Rule, Severity
from ropa.source import Page

__all__ = ["Declaration", "Declarations", "declared_rule"]

KINDS: dict[str, type[Record]] = {
    "activities": Activity,
    "purposes": Purpose,
    "services": Service,
    "parties": Party,
    "transfers": Transfer,
    "data": DataCategory,
    "data_subjects": DataSubjects,
    "systems": System,
    "measures": Measure,
}
"""What a declared rule can be about."""

Wanted = str | Many[str]


class Declaration(BaseModel):
    """A rule of an organisation's own, as it stands in the text."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    name: Text
    """Its name for people."""
    on: Literal[
        "activities", "purposes", "services", "parties", "transfers", "data", "data_subjects", "systems", "measures"
    ]
    """The records it looks at."""
    where: Mapping[str, Wanted] = Field(default_factory=dict)
    """The conditions under which it speaks."""
    require: Mapping[str, Wanted] = Field(default_factory=dict)
    """What must hold then; if nothing is named, what `where` describes is forbidden."""
    message: Text
    """What is wrong; `{record}` stands for the record's name."""
    fix: Text
    """The one thing to do."""
    severity: Literal["error", "warning", "info"] = "warning"
    """How much it weighs."""
    cites: Many[str] = ()
    """Where that is laid down."""


Id = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*[0-9]{2}$")]


class Declarations(BaseModel):
    """A file of declared rules."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    rules: Mapping[Id, Declaration]
    """By id: capital letters for the family, then a number of two digits (`OWN01`)."""


def declared_rule(rule_id: str, declared: Declaration) -> Rule[Any]:
    """Make a declaration a rule like any other."""
    where, require = _conditions(declared.where), _conditions(declared.require)

    def looks(record: Record, ctx: Context) -> Iterator[Problem]:
        if all(holds(record, ctx) for holds in where) and not (
            require and all(holds(record, ctx) for holds in require)
        ):
            yield Problem.on(*_place(record, (*declared.require, *declared.where)), record=ctx.called())

    looks.__name__ = rule_id.lower()
    looks.__doc__ = _said(declared.name)["en"]
    says = {"declared": {"message": _said(declared.message), "fix": _said(declared.fix)}}
    page = Page(
        rule_id, _said(declared.name), says, f"A rule of the organisation's own.\n\n{_said(declared.message)['en']}\n"
    )
    severity = Severity(declared.severity)
    return Rule(rule_id, (KINDS[declared.on],), severity, declared.cites, "", looks, page)


def _said(text: Text) -> dict[str, str]:
    """Return a text by language; one without a language serves for all."""
    said = {"en": text} if isinstance(text, str) else dict(text)
    return said if "en" in said else {"en": next(iter(said.values())), **said}


def _place(record: Record, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the first field of the record itself that a condition is about."""
    return next(((path.split(".")[0],) for path in paths if path.split(".")[0] in type(record).model_fields), ())


@dataclass(frozen=True)
class _Condition:
    """One condition: a way to values, and what they must be."""

    path: tuple[str, ...]
    wanted: tuple[str, ...]

    def __call__(self, record: Record, ctx: Context) -> bool:
        """Tell whether it holds for a record."""
        values = list(_values(record, self.path, ctx))
        if self.wanted == ("absent",):
            return not values
        if self.wanted == ("stated",):
            return any(value not in ("none", "unknown") for value in values)
        return any(value in self.wanted for value in values)


def _conditions(declared: Mapping[str, Wanted]) -> tuple[_Condition, ...]:
    return tuple(
        _Condition(tuple(path.split(".")), (wanted,) if isinstance(wanted, str) else wanted)
        for path, wanted in declared.items()
    )


def _values(record: Any, path: tuple[str, ...], ctx: Context) -> Iterator[Any]:
    """Yield what stands at the end of a way from a record: each value of a list by itself."""
    first, *rest = path
    if first in _NEAR:
        near: Iterable[Any] = _NEAR[first](record, ctx)
    else:
        value = getattr(record, first, None)
        near = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
    for each in near:
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


_NEAR: dict[str, Callable[[Any, Context], Iterable[Any]]] = {
    "activities": _activities,
    "purposes": _purposes,
    "data": lambda record, ctx: (ctx.register.data[one] for one in _ids(record, ctx, "data")),
    "data_subjects": lambda record, ctx: (
        ctx.register.data_subjects[one] for one in _ids(record, ctx, "data_subjects")
    ),
    "recipients": _recipients,
    "importer": lambda record, ctx: (ctx.register.parties[one] for one in (record.to,) if one in ctx.register.parties),
    "countries": _countries,
    "outside": _outside,
}
"""What lies near a record, by the first word of a condition."""

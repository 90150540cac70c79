"""What lies near a record, for the conditions of declared rules: its activities, data, recipients, countries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ropa.graph import Way
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
    in_place,
)
from ropa.model.countries import COUNTRIES
from ropa.rules.rule import Context

__all__ = ["NEAR", "Near"]


def _ways(record: Party | Transfer, ctx: Context) -> Iterator[Way]:
    """Yield the ways by which data reach a party, or go with a transfer, on the day asked about."""
    if isinstance(record, Party):
        yield from ctx.graph.ways_to(ctx.id, ctx.day)
        return
    of_it = {("activities", one) for one in ctx.graph.activities_of(ctx.id, ctx.day)}
    of_it |= {("services", one) for one in ctx.graph.services_of(ctx.id, ctx.day)}
    for way in ctx.graph.ways_to(record.to, ctx.day):
        if (way.kind, way.id) in of_it and (record.exporter is None or way.flow.exporter == record.exporter):
            yield way


def _activities(record: Record, ctx: Context) -> list[Activity]:
    """Return the activities near a record: itself, the one it stands in, or those whose data reach it."""
    if isinstance(record, Activity):
        return [record]
    if isinstance(record, Transfer):
        return [ctx.register.activities[one] for one in ctx.graph.activities_of(ctx.id, ctx.day)]
    if isinstance(record, Party):
        ids = dict.fromkeys(way.id for way in _ways(record, ctx) if way.kind == "activities")
        return [ctx.register.activities[one] for one in ids]
    return [one for one in ctx.above if isinstance(one, Activity)]


def _purposes(record: Record, ctx: Context) -> list[Purpose]:
    """Return the purposes near a record: itself, or those for which data reach it."""
    if isinstance(record, Purpose):
        return [record]
    if isinstance(record, Activity):
        return list(record.purpose_records().values())
    ways = list(_ways(record, ctx)) if isinstance(record, (Party, Transfer)) else []
    found = [one for way in ways for one in ctx.graph.purposes_on(way)]
    if isinstance(record, Transfer):  # an activity can list a transfer without a recipient
        by_way = {way.id for way in ways if way.kind == "activities"}
        for one in ctx.graph.activities_of(ctx.id, ctx.day):
            found += ctx.register.activities[one].purpose_records().values() if one not in by_way else ()
    return list({id(one): one for one in found}.values())


def _ids(record: Record, ctx: Context, field: str) -> Iterable[str]:
    """Return the data or people near a record: its own, or those that reach it."""
    if isinstance(record, Transfer):
        return ctx.graph.data_of(ctx.id, ctx.day) if field == "data" else ctx.graph.people_of(ctx.id, ctx.day)
    if isinstance(record, Party):
        return dict.fromkeys(each for way in _ways(record, ctx) for each in ctx.graph.handed_on(way, field))
    stated = [getattr(record, field, None)]
    if isinstance(record, Activity):
        stated += [getattr(one, field) for one in record.purpose_records().values()]
    if isinstance(record, Purpose) and stated == [None]:
        stated = [getattr(one, field) for one in _activities(record, ctx)]
    return dict.fromkeys(each for some in stated if isinstance(some, tuple) for each in some)


def _recipients(record: Record, ctx: Context) -> list[Party]:
    """Return the parties that data of an activity, purpose or service reach on the day asked about."""
    records = [record] if isinstance(record, (Activity, Service)) else _activities(record, ctx)
    ids = dict.fromkeys(flow.reached for one in records for flow in ctx.graph.flows(one, ctx.day))
    return [ctx.register.parties[one] for one in ids]


@dataclass
class _Places:
    """Where data go: the countries that are known, and whether some are not, or are no country."""

    countries: dict[str, None]
    unknown: bool = False
    international: bool = False

    def add(self, party: Party | None, countries: Iterable[str]) -> None:
        """Add where a party is; a department is where the organisation is."""
        known = list(countries)
        self.countries.update(dict.fromkeys(known))
        self.international |= party is not None and party.international_organisation == "yes"
        internal = party is not None and party.role == "internal"
        self.unknown |= (not known and not internal) or (party is not None and party.processes_in == "unknown")


def _places(record: Record, ctx: Context) -> _Places:
    places, parties = _Places({}), ctx.register.parties
    transfers: Iterable[str] = ()
    if isinstance(record, Transfer):
        transfers = (ctx.id,)
    elif isinstance(record, Party):
        for flow in ctx.graph.onward(ctx.id, ctx.day):
            places.add(parties[flow.reached], ctx.graph.countries_of(flow.reached))
        named = ctx.graph.named_by("parties", ctx.id)
        transfers = sorted(one for section, one in named if section == "transfers")
        transfers = [one for one in transfers if ctx.register.transfers[one].to == ctx.id]
    else:
        of = "services" if isinstance(record, Service) else "activities"
        records = [record] if isinstance(record, (Activity, Service)) else _activities(record, ctx)
        for one in records:
            places.unknown |= getattr(one, "recipients", None) == "unknown"
            for flow in ctx.graph.flows(one, ctx.day):
                places.add(parties[flow.reached], ctx.graph.countries_of(flow.reached))
        transfers = [each for one in records for each in ctx.graph.transfers_of(str(ctx.path[1]), of)]
    for one_transfer in transfers:
        transfer = ctx.register.transfers[one_transfer]
        if in_place(transfer, ctx.day):
            places.add(parties.get(transfer.to), ctx.graph.destinations(transfer))
    return places


def _outside(record: Record, ctx: Context) -> list[str]:
    """Return `yes` if data of a record reach a third country on the day, `unknown` if nobody knows, else `no`."""
    places = _places(record, ctx)
    if places.international or any(not ctx.law.inside(one, ctx.day) for one in places.countries):
        return ["yes"]
    return ["unknown" if places.unknown else "no"]


@dataclass(frozen=True)
class Near:
    """A word of a condition that leads further than the record's own fields."""

    of: tuple[type[Record], ...]
    """The records that have it."""
    look: Callable[[Any, Context], Iterable[Any]]
    gives: tuple[type[Record], ...] = ()
    words: frozenset[str] | None = None
    """The words that it can give, if they are a closed list."""


_FLOWS = (Activity, Purpose, Service, Party, Transfer)
NEAR: dict[str, Near] = {
    "activities": Near((Activity, Purpose, Party, Transfer), _activities, (Activity,)),
    "purposes": Near((Activity, Purpose, Party, Transfer), _purposes, (Purpose,)),
    "data": Near(
        (*_FLOWS, System),
        lambda record, ctx: (ctx.register.data[one] for one in _ids(record, ctx, "data")),
        (DataCategory,),
    ),
    "data_subjects": Near(
        _FLOWS,
        lambda record, ctx: (ctx.register.data_subjects[one] for one in _ids(record, ctx, "data_subjects")),
        (DataSubjects,),
    ),
    "recipients": Near((Activity, Purpose, Service), _recipients, (Party,)),
    "importer": Near(
        (Transfer,),
        lambda record, ctx: (ctx.register.parties[one] for one in (record.to,) if one in ctx.register.parties),
        (Party,),
    ),
    "countries": Near(_FLOWS, lambda record, ctx: _places(record, ctx).countries, words=frozenset(COUNTRIES)),
    "outside": Near(_FLOWS, _outside, words=frozenset({"yes", "no", "unknown"})),
}
"""What lies near a record, by the word that a condition uses."""

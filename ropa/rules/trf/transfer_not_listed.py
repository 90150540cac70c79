"""TRF02: data reach a third country, and the record shows no transfer."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.graph import Way
from ropa.law import State
from ropa.model import Activity, Party, Service, in_place, stated_none
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.source import Fact

_CITES = ("GDPR 30(1)(d)", "GDPR 30(1)(e)", "GDPR 30(2)(c)")
_ON: tuple[type[Party | Activity | Service], ...] = (Party, Activity, Service)


@rule("TRF02", on=_ON, severity=Severity.ERROR, cites=_CITES)
def transfer_not_listed(record: Party | Activity | Service, ctx: Context) -> Iterator[Problem]:
    """Data can reach a party in a third country by a way that no transfer records."""
    if not isinstance(record, Party):
        if stated_none(record.transfers):
            yield from _denied(record, ctx)
        return
    outside = [one for one in ctx.graph.countries_of(ctx.id) if not ctx.law.inside(one, ctx.day)]
    international = record.international_organisation == "yes"
    if record.role == "internal" or not (outside or international):
        return
    unlisted = [
        way for way in ctx.graph.ways_to(ctx.id, ctx.day) if _leaves(way, outside, ctx) and not _listed(way, ctx)
    ]
    if unlisted:  # one gap, however many activities it is in
        way = unlisted[0]
        facts: dict[str, Fact] = {"activity": ctx.called((way.kind, way.id)), "party": ctx.called()}
        facts["where"] = _where(", ".join(outside)) if outside else _ORGANISATION
        facts["first"] = ctx.party(way.flow.exporter) if way.flow.exporter else ""
        yield Problem(_place(record, outside), facts, "behind" if way.flow.exporter else "direct", trail=way.trail)


_ORGANISATION = {
    "en": "an international organisation",
    "nl": "een internationale organisatie",
    "de": "eine internationale Organisation",
    "fr": "une organisation internationale",
}


def _where(countries: str) -> dict[str, str]:
    return {
        "en": f"in a third country ({countries})",
        "nl": f"in een derde land ({countries})",
        "de": f"in einem Drittland ({countries})",
        "fr": f"dans un pays tiers ({countries})",
    }


def _leaves(way: Way, outside: list[str], ctx: Context) -> bool:
    """Tell whether the last step takes data to a third country in which they are not yet."""
    exporter = way.flow.exporter
    already = ctx.graph.countries_of(exporter) if exporter is not None else ()
    return not (outside and set(outside) <= set(already))


def _listed(way: Way, ctx: Context) -> bool:
    """Tell whether the record shows a transfer for the last step."""
    return any(
        in_place(transfer, ctx.day)
        and (transfer.activities is None or (way.kind == "activities" and way.id in transfer.activities))
        for transfer in (ctx.register.transfers[one] for one in ctx.graph.transfers_on(way.flow.exporter, ctx.id))
    )


def _place(party: Party, outside: list[str]) -> tuple[str, ...]:
    """Return where the record of the party names the third country."""
    if not outside:
        return ("international_organisation",)
    return ("country",) if party.country in outside else ("processes_in",)


def _denied(record: Activity | Service, ctx: Context) -> Iterator[Problem]:
    """Find a transfer that belongs to a record which says that it has none."""
    for one in ctx.graph.transfers_of(ctx.id, str(ctx.path[0])):
        transfer = ctx.register.transfers[one]
        if in_place(transfer, ctx.day) and ctx.standings.of(one).state is not State.NOT_A_TRANSFER:
            called = ctx.called(("transfers", one))
            yield Problem.on(
                "transfers", says="denied", activity=ctx.called(), transfer=called, trail=(("transfers", one),)
            )
            return

"""INF03: a notice that was compared with the record and does not tell what the record says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from ropa.law import State
from ropa.model import Activity, in_place
from ropa.rules.inf import exempt
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement
from ropa.rules.wording import in_a_row
from ropa.source import Path


class _Told(NamedTuple):
    """Something that a notice has to tell: the word for it in a notice's `covers`, and where it stands."""

    word: str
    at: Path
    thing: Path


_CITES = {
    "purposes": ("GDPR 13(1)(c)", "GDPR 14(1)(c)"),
    "recipients": ("GDPR 13(1)(e)", "GDPR 14(1)(e)"),
    "transfers": ("GDPR 13(1)(f)", "GDPR 14(1)(f)"),
    "retention": ("GDPR 13(2)(a)", "GDPR 14(2)(a)"),
}
"""By the fields of a notice's `covers`: where the law wants it told."""


@rule(
    "INF03",
    on=Activity,
    severity=Severity.ERROR,
    cites=tuple(one for cites in _CITES.values() for one in cites),
    unless=for_law_enforcement,
)
def notice_contradicts_record(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """The record has a purpose, recipient, transfer or retention that none of the notices linked tells, though compared."""
    if not isinstance(activity.notices, tuple) or not activity.notices or exempt(activity):
        return
    covers = [ctx.register.notices[one].covers for one in activity.notices]
    paths: tuple[Path, ...] = tuple(("notices", one) for one in activity.notices)
    notices = in_a_row(ctx.called(path) for path in paths)
    for field, cites in _CITES.items():
        named: list[Collection[str]] = [told for one in covers if (told := getattr(one, field, None)) is not None]
        if len(named) < len(covers):  # what nobody compared may be told there
            continue
        for word, at, thing in _LISTED[field](activity, ctx):
            if not any(word in each for each in named):
                facts = {"activity": ctx.called(), "thing": ctx.called(thing), "notices": notices}
                yield Problem(at, {**facts}, field, trail=(*paths, thing), cites=cites)


def _purposes(activity: Activity, ctx: Context) -> Iterator[_Told]:
    for one in activity.purpose_records():
        yield _Told(f"{ctx.id}.{one}", ("purposes", one), (*ctx.path, "purposes", one))


def _recipients(activity: Activity, ctx: Context) -> Iterator[_Told]:
    for at, one in enumerate(activity.recipient_ids()):
        party = ctx.register.parties[one]
        if party.role != "internal" and in_place(party, ctx.day):  # a department is no recipient (Art. 4(9))
            yield _Told(one, ("recipients", at), ("parties", one))


def _transfers(activity: Activity, ctx: Context) -> Iterator[_Told]:
    """Yield the transfers by which the organisation itself sends data to a third country (Art. 13(1)(f))."""
    listed = activity.transfers if isinstance(activity.transfers, tuple) else ()
    for one in ctx.graph.transfers_of(ctx.id):
        ours = None in ctx.graph.exporters_of(one) and in_place(ctx.register.transfers[one], ctx.day)
        if ours and ctx.standings.of(one).state is not State.NOT_A_TRANSFER:
            yield _Told(one, ("transfers", listed.index(one)) if one in listed else ("transfers",), ("transfers", one))


def _retention(activity: Activity, ctx: Context) -> Iterator[_Told]:
    if isinstance(activity.retention, tuple) and activity.retention:
        yield _Told(ctx.id, ("retention",), ctx.path)


_LISTED: Mapping[str, Callable[[Activity, Context], Iterator[_Told]]] = {
    "purposes": _purposes,
    "recipients": _recipients,
    "transfers": _transfers,
    "retention": _retention,
}
"""By the same fields: what the record has."""

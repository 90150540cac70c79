"""GRF10: parties of one name, in different countries."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party, in_place, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF10", on=Party, severity=Severity.INFO, cites=("GDPR 30(1)(d)", "GDPR 44"))
def vendor_in_two_places(party: Party, ctx: Context) -> Iterator[Problem]:
    """Several parties bear the same name, and the record places them in different countries."""
    if not _may_be_one(party, ctx):
        return
    alike: dict[str, Party] = {}
    for one in ctx.graph.namesakes(ctx.id):
        each = ctx.register.parties[one]
        if _may_be_one(each, ctx) and not _related(party, each, one, ctx):
            if one < ctx.id:  # it is said of that one: once for each name
                return
            alike[one] = each
    countries = sorted({str(each.country) for each in alike.values()})
    if len(countries) > 1:
        yield Problem.on(
            "country",
            trail=tuple(("parties", one) for one in alike if one != ctx.id),
            party=ctx.called(), number=len(alike), countries=", ".join(countries),
        )  # fmt: skip


def _may_be_one(party: Party, ctx: Context) -> bool:
    """Leave out authorities and departments, which are called alike everywhere, and what is not in place or placed."""
    shared = party.role in ("public-authority", "internal") or party.public_authority == "yes"
    return known(party.country) and not shared and in_place(party, ctx.day)


def _related(party: Party, other: Party, one: str, ctx: Context) -> bool:
    """Tell whether the record shows two members of a group: then they are two, whatever they are called."""
    if other is party:
        return False
    return party.parent == one or other.parent == ctx.id or (party.parent is not None and party.parent == other.parent)

"""TRF31: an answer to a question that an adequacy decision does not ask."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.errors import nearest
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("TRF31", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(3)",))
def condition_not_known(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The record answers a condition that the decision does not have: a slip that would hide a gap."""
    instruments = transfer.instruments if isinstance(transfer.instruments, tuple) else ()
    for at, claim in enumerate(instruments):
        if not isinstance(claim, Adequacy) or claim.adequacy not in ctx.law.names("adequacy"):
            continue
        versions = ctx.law.adequacy(claim.adequacy).versions
        known = {one for each in versions for one in (*each.value.conditions, *each.value.excludes)} | {"organisation"}
        for one in claim.conditions:
            if one not in known:
                there = nearest(one, sorted(known)) or ", ".join(sorted(known))
                name = ctx.law.adequacy(claim.adequacy).name
                yield Problem.on(
                    "instruments", at, "conditions", one,
                    transfer=ctx.called(), condition=one, known=there, instrument=name,
                )  # fmt: skip

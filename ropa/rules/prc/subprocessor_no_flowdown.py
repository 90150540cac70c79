"""PRC05: a sub-processor is not bound by the same obligations."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party, in_place
from ropa.rules.prc import sub_processing
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC05", on=Party, severity=Severity.ERROR, cites=("GDPR 28(4)",))
def subprocessor_no_flowdown(party: Party, ctx: Context) -> Iterator[Problem]:
    """The obligations of a processor are not imposed on those that it engages in turn."""
    terms = sub_processing(party, ctx.day)
    engaged = tuple(one for one in ctx.graph.engaged_by(ctx.id) if in_place(ctx.register.parties[one], ctx.day))
    if terms is None or (party.sub_processors not in (None, "unknown") and not engaged):
        return
    at, trail = ("contract", "sub_processing", "same_obligations"), tuple(("parties", one) for one in engaged)
    if terms.same_obligations == "no":
        yield Problem.on(*at, says="no", trail=trail, party=ctx.called())
    elif terms.same_obligations == "unknown":
        yield Problem.on(*at, says="unknown", severity=Severity.WARNING, trail=trail, party=ctx.called())

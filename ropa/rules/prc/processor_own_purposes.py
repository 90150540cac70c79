"""PRC06: a processor that processes the data for purposes of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party, in_place, known
from ropa.rules.prc import is_processor
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC06", on=Party, severity=Severity.WARNING, cites=("GDPR 28(10)", "GDPR 4(7)"))
def processor_own_purposes(party: Party, ctx: Context) -> Iterator[Problem]:
    """A party is recorded as a processor, and processes the data for purposes of its own as well."""
    if party.own_purposes not in ("yes", "unknown") or not is_processor(party) or _controller_too(party, ctx):
        return
    if party.own_purposes == "yes":
        yield Problem.on("own_purposes", says="own", party=ctx.called())
    else:
        yield Problem.on("own_purposes", says="unknown", severity=Severity.INFO, party=ctx.called())


def _controller_too(party: Party, ctx: Context) -> bool:
    """Tell whether it is recorded a second time, under the same name, as the controller that it is for those purposes."""
    return known(party.name) and any(
        other.name == party.name and other.role in ("controller", "joint-controller") and in_place(other, ctx.day)
        for other in ctx.register.parties.values()
    )

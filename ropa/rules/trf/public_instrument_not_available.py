"""TRF27: a transfer rests on an instrument between public authorities that does not cover it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import PublicInstrument, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF27", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(2)(a)",))
def public_instrument_not_available(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The instrument is not named, or exporter and importer are not both recorded as public authorities."""
    answer = ground(ctx, PublicInstrument)
    if answer is None:
        return
    if answer.state is State.CONDITION_NOT_MET:
        yield about(ctx, answer, "refused")
    elif answer.state is State.CONDITIONAL:
        yield about(ctx, answer, "open", Severity.WARNING if answer.why == "both-public" else None)

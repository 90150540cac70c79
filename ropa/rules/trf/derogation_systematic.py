"""TRF19: a derogation for specific situations, used as a rule."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, carrying, ground


@rule("TRF19", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(1)", "GDPR recital 111"))
def derogation_systematic(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """A derogation is used for a transfer that recurs, or the record does not say whether it does."""
    answer = ground(ctx, Derogation)
    if answer is not None and answer.why == "recurring":
        unknown = answer.state is State.CONDITIONAL
        yield about(ctx, answer, "unstated" if unknown else "recurring", Severity.WARNING if unknown else None)
    for each in carrying(ctx, Derogation) if transfer.recurring == "yes" else ():
        if each.state is State.COVERED:
            yield about(ctx, each, "exceptional", Severity.WARNING)

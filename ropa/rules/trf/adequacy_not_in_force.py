"""TRF03: a transfer rests on an adequacy decision that does not exist on that day."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF03", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)",))
def adequacy_not_in_force(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """No adequacy decision of the name that this transfer relies on is in force yet."""
    answer = ground(ctx, Adequacy)
    if answer is None or not isinstance(answer.instrument, Adequacy):
        return
    name = answer.instrument.adequacy
    match answer.state:
        case State.NONE if answer.why == "no-such-decision":
            yield about(ctx, answer, "no-such-decision", decision=name)
        case State.NONE:
            yield about(ctx, answer, "no-decision")
        case State.NOT_YET if answer.version is not None:
            yield about(ctx, answer, "not-yet", day=answer.version.start)
        case State.UNCERTAIN_WINDOW if answer.version is not None and answer.version.certain is not None:
            yield about(ctx, answer, "window", Severity.WARNING, day=answer.version.certain)
        case State.CONDITIONAL if answer.why == "unnamed":
            yield about(ctx, answer, "unnamed")
        case _:
            return

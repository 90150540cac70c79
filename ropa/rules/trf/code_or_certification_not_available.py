"""TRF18: a transfer rests on a code of conduct or a certification that does not cover it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law import State
from ropa.model import Certification, CodeOfConduct, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground

_SAYS = {
    State.CONDITIONAL: "open",
    State.CONDITION_NOT_MET: "refused",
}


@rule("TRF18", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(2)(e)", "GDPR 46(2)(f)"))
def code_or_certification_not_available(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The code or scheme is not shown to be approved, the importer's certificate or its commitments are not recorded."""
    answer = ground(ctx, CodeOfConduct, Certification)
    if answer is None or answer.version is None:
        return
    claim = answer.instrument
    if answer.state is State.NOT_YET and answer.why == "not-yet":
        yield about(ctx, answer, "no-scheme-yet", day=answer.version.start)
    elif answer.why == "expired" and isinstance(claim, Certification) and isinstance(claim.until, date):
        yield about(ctx, answer, "expired", day=claim.until)
    elif answer.state is State.NOT_YET and isinstance(claim, Certification) and isinstance(claim.issued, date):
        yield about(ctx, answer, "later", day=claim.issued)
    elif answer.state in _SAYS:
        yield about(ctx, answer, _SAYS[answer.state])

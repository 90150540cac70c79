"""CON08: consent that has to be explicit and is not recorded as such."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State, standing
from ropa.model import Consent, Derogation, SpecialCondition, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule

_ON: tuple[type[Transfer | SpecialCondition], ...] = (Transfer, SpecialCondition)


@rule("CON08", on=_ON, severity=Severity.ERROR, cites=("GDPR 9(2)(a)", "GDPR 49(1)(a)"))
def explicit_consent_missing(record: Transfer | SpecialCondition, ctx: Context) -> Iterator[Problem]:
    """What can rest only on explicit consent rests on consent that is not recorded as explicit."""
    if isinstance(record, SpecialCondition):
        if record.condition == "9(2)(a)" and not _explicit(record.explicit_consent):
            yield Problem.on("explicit_consent", "explicit", says="condition", purpose=ctx.called())
        return
    answers = standing(ctx.law, record, ctx.graph.destinations(record), ctx.day, ctx.graph.roles(record))
    if answers.best.state.holds or answers.best.state in (State.NOT_A_TRANSFER, State.PRE_GDPR):
        return
    for answer in answers.answers:
        one = answer.instrument
        if isinstance(one, Derogation) and one.derogation == "49(1)(a)" and not _explicit(one.consent):
            trail = tuple(("activities", each) for each in ctx.graph.activities_of(ctx.id))
            at = ("instruments", answer.at, "consent", "explicit")
            yield Problem.on(*at, says="transfer", transfer=ctx.called(), trail=trail)


def _explicit(consent: Consent | str | None) -> bool:
    return isinstance(consent, Consent) and consent.explicit == "yes"

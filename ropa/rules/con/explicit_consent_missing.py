"""CON08: consent that has to be explicit and is not recorded as such."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Consent, ConsentBasis, Derogation, Purpose, SpecialCondition, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement
from ropa.rules.trf import about, ground

_ON: tuple[type[Transfer | SpecialCondition], ...] = (Transfer, SpecialCondition)


@rule("CON08", on=_ON, severity=Severity.ERROR, cites=("GDPR 9(2)(a)", "GDPR 49(1)(a)"), unless=for_law_enforcement)
def explicit_consent_missing(record: Transfer | SpecialCondition, ctx: Context) -> Iterator[Problem]:
    """What can rest only on explicit consent rests on consent that is not recorded as explicit."""
    if isinstance(record, Transfer):
        answer = ground(ctx, Derogation)
        if answer is not None and answer.why == "explicit-consent":
            at = ("instruments", answer.at, "consent", "explicit")
            yield Problem(
                at, about(ctx, answer, "").facts, "transfer", trail=ctx.graph.chain_of(ctx.id), cites=("GDPR 49(1)(a)",)
            )
    elif record.condition == "9(2)(a)" and not _explicit(record.explicit_consent) and not _purpose_has_it(ctx):
        yield Problem.on(
            "explicit_consent", "explicit", says="condition", cites=("GDPR 9(2)(a)",), purpose=ctx.called()
        )


def _purpose_has_it(ctx: Context) -> bool:
    """Tell whether the consent that the purpose rests on is explicit: it is the same consent."""
    purpose = next((one for one in ctx.above if isinstance(one, Purpose)), None)
    bases = purpose.bases if purpose is not None else ()
    return any(isinstance(one, ConsentBasis) and _explicit(one.consent) for one in bases)


def _explicit(consent: Consent | str | None) -> bool:
    return isinstance(consent, Consent) and consent.explicit == "yes"

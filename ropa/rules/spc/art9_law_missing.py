"""SPC03: a condition of Art. 9(2) that rests on law, without that law."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import SpecialCondition, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement

_RESTS_ON = {"9(2)(b)": "employment", "9(2)(g)": "law", "9(2)(h)": "care", "9(2)(i)": "law", "9(2)(j)": "law"}


@rule("SPC03", on=SpecialCondition, severity=Severity.ERROR, cites=(), unless=for_law_enforcement)
def art9_law_missing(condition: SpecialCondition, ctx: Context) -> Iterator[Problem]:
    """A purpose relies on a point of Art. 9(2) that needs a provision of law, and none is named."""
    says = _RESTS_ON.get(condition.condition)
    if says is None or known(condition.provision):
        return
    if says == "care" and known(condition.contract):
        return
    unknown = condition.provision == "unknown"
    yield Problem.on(
        "provision",
        says="unknown" if unknown else says,
        severity=Severity.WARNING if unknown else None,
        cites=(f"GDPR {condition.condition}",),
        purpose=ctx.called(),
        point=condition.condition[-2],
    )

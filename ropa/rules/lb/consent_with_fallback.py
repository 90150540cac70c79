"""LB03: a purpose that rests on consent and on something else too."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis, Purpose
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement
from ropa.rules.wording import in_a_row, provision


@rule(
    "LB03",
    on=Purpose,
    severity=Severity.WARNING,
    cites=("GDPR 5(1)(a)", "GDPR 6(1)", "GDPR 7(3)"),
    unless=for_law_enforcement,
)
def consent_with_fallback(purpose: Purpose, ctx: Context) -> Iterator[Problem]:
    """The purpose claims consent and, beside it, another legal basis to fall back on."""
    others = tuple(one.article for one in purpose.bases if not isinstance(one, ConsentBasis))
    if others and len(others) < len(purpose.bases):
        yield Problem.on(
            "legal_basis", purpose=ctx.called(), others=in_a_row(provision(one) for one in dict.fromkeys(others))
        )

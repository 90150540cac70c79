"""CON03: consent from people who may not dare to refuse."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis
from ropa.rules.con import consent_of
from ropa.rules.lb import by_public_authority, people_of
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "CON03",
    on=ConsentBasis,
    severity=Severity.WARNING,
    cites=("GDPR 7(4)", "GDPR recital 43"),
    unless=for_law_enforcement,
)
def consent_imbalance(basis: ConsentBasis, ctx: Context) -> Iterator[Problem]:
    """An employer or a public authority relies on consent, and the record does not say what refusing means."""
    if consent_of(basis).refusal not in (None, "unknown"):
        return
    staff = [one for one in people_of(ctx) if ctx.register.data_subjects[one].employees == "yes"]
    if staff:
        people = ctx.called(("data_subjects", staff[0]))
        yield Problem.on("consent", "refusal", says="employees", purpose=ctx.called(), people=people)
    elif by_public_authority(ctx):
        yield Problem.on("consent", "refusal", says="authority", purpose=ctx.called())

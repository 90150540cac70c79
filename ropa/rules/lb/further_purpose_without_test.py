"""LB12: data that are used for another purpose, without asking whether that is compatible."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis, LegalObligation, PublicTask, Purpose, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement

_FREE = (ConsentBasis, LegalObligation, PublicTask)
"""Consent, and law: with them the text asks for no assessment."""

_PRESUMED = {"archiving", "research", "statistics"}
"""Tags of purposes that Art. 5(1)(b) itself declares compatible, under the safeguards of Art. 89(1)."""


@rule("LB12", on=Purpose, severity=Severity.WARNING, cites=("GDPR 6(4)", "GDPR 5(1)(b)"), unless=for_law_enforcement)
def further_purpose_without_test(purpose: Purpose, ctx: Context) -> Iterator[Problem]:
    """Data that were collected for another purpose are used for this one, and no assessment of compatibility is recorded."""
    if (
        not purpose.bases
        or any(isinstance(one, _FREE) for one in purpose.bases)
        or not _PRESUMED.isdisjoint(purpose.tags)
    ):
        return
    if known(purpose.compatibility) and purpose.compatibility.made_by(ctx.day):
        return
    if purpose.further == "unknown":
        yield Problem.on("further", says="unknown", purpose=ctx.called())
    elif purpose.further == "yes":
        says = "none" if purpose.compatibility == "none" else "unset"
        yield Problem.on("compatibility", says=says, purpose=ctx.called())

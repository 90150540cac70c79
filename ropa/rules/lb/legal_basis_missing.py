"""LB01: a purpose without a legal basis."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Purpose
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("LB01", on=Purpose, severity=Severity.WARNING, cites=("GDPR 6(1)", "GDPR 5(2)"), unless=for_law_enforcement)
def legal_basis_missing(purpose: Purpose, ctx: Context) -> Iterator[Problem]:
    """The record states no legal basis for this purpose, or says that nobody knows it."""
    if not purpose.bases:
        unknown = purpose.legal_basis == "unknown"
        yield Problem.on("legal_basis", says="unknown" if unknown else "missing", purpose=ctx.called())

"""LB06: a public task that names no law."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import PublicTask, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("LB06", on=PublicTask, severity=Severity.ERROR, cites=("GDPR 6(1)(e)", "GDPR 6(3)"), unless=for_law_enforcement)
def public_task_unnamed(basis: PublicTask, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on a public task, and no provision is named that lays it down."""
    if not known(basis.provision):
        yield Problem.on("provision", purpose=ctx.called())

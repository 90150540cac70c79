"""LB08: a public authority that relies on legitimate interests."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import LegitimateInterests, known
from ropa.rules.lb import by_public_authority
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("LB08", on=LegitimateInterests, severity=Severity.ERROR, cites=("GDPR 6(1)",), unless=for_law_enforcement)
def li_by_public_authority(basis: LegitimateInterests, ctx: Context) -> Iterator[Problem]:
    """A public authority rests a purpose on legitimate interests, and does not keep it apart from its tasks."""
    if not by_public_authority(ctx):
        return
    if basis.public_task == "yes":
        yield Problem.on("public_task", says="task", purpose=ctx.called())
    elif not known(basis.public_task):
        yield Problem.on("public_task", says="unset", severity=Severity.WARNING, purpose=ctx.called())

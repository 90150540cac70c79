"""LI03: interests that were weighed before the processing changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import LegitimateInterests, known
from ropa.rules.lb import setting
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "LI03",
    on=LegitimateInterests,
    severity=Severity.INFO,
    cites=("GDPR 5(2)", "GDPR 24(1)"),
    unless=for_law_enforcement,
)
def assessment_outdated(basis: LegitimateInterests, ctx: Context) -> Iterator[Problem]:
    """The balancing of interests is older than the last change of the activity that matters to it."""
    activity, _ = setting(ctx)
    done = basis.assessment.done if known(basis.assessment) else None
    changed = activity.changed
    if isinstance(done, date) and changed is not None and done < changed <= ctx.day:
        yield Problem.on("assessment", "done", purpose=ctx.called(), done=done, changed=changed)

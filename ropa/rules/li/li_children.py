"""LI04: interests that were weighed without those of children."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import LegitimateInterests, known
from ropa.rules.lb import people_of
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("LI04", on=LegitimateInterests, severity=Severity.WARNING, cites=("GDPR 6(1)(f)",), unless=for_law_enforcement)
def li_children(basis: LegitimateInterests, ctx: Context) -> Iterator[Problem]:
    """There are children among the data subjects, and the record does not say that their interests were weighed."""
    if not known(basis.assessment) or not basis.assessment.made_by(ctx.day) or basis.children_weighed == "yes":
        return  # without any balancing, that is the gap (LI02)
    children = [one for one in people_of(ctx) if ctx.register.data_subjects[one].children == "yes"]
    if children:
        says = "not-weighed" if basis.children_weighed == "no" else "unset"
        people = ctx.called(("data_subjects", children[0]))
        yield Problem.on("children_weighed", says=says, purpose=ctx.called(), people=people)

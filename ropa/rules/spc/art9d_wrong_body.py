"""SPC05: the condition for members of a non-profit body, relied on by another body or for outsiders."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import SpecialCondition
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("SPC05", on=SpecialCondition, severity=Severity.ERROR, cites=("GDPR 9(2)(d)",), unless=for_law_enforcement)
def art9d_wrong_body(condition: SpecialCondition, ctx: Context) -> Iterator[Problem]:
    """A purpose relies on Art. 9(2)(d), and the data are not said to stay within a body that this point is for."""
    if condition.condition != "9(2)(d)" or condition.own_members == "yes":
        return
    refused = condition.own_members == "no"
    severity = None if refused else Severity.WARNING
    yield Problem.on("own_members", says="refused" if refused else "unset", severity=severity, purpose=ctx.called())

"""NL03: personnel are monitored, and nothing is said of the works council."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, in_place, known
from ropa.rules.nl import tagged
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("NL03", on=Organisation, severity=Severity.WARNING, cites=("Art. 27(1)(k) WOR", "Art. 27(1)(l) WOR"), pack="NL")
def nl_works_council(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """An employer monitors its personnel; the record tells of no consent of the works council, nor that there is none."""
    if ctx.path != ("controller",) or known(organisation.works_council) or organisation.works_council == "none":
        return
    for one, activity in ctx.register.activities.items():
        if in_place(activity, ctx.day) and any(tagged(activity, "personnel-monitoring")):
            called = ctx.called(("activities", one))
            yield Problem.on("works_council", trail=(("activities", one),), activity=called)
            return  # one gap: the field is the organisation's

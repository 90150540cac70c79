"""NL02: health data about absence, of which the record does not say what they are."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, DataCategory, Purpose, in_place
from ropa.rules.nl import tagged
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("NL02", on=DataCategory, severity=Severity.INFO, cites=("GDPR 9(1)", "Art. 30(1) UAVG"), pack="NL")
def nl_absence_health(category: DataCategory, ctx: Context) -> Iterator[Problem]:
    """An employer keeps health data about its employees' absence, and does not say what belongs to them."""
    if not isinstance(category.special, tuple) or "health" not in category.special or category.description is not None:
        return
    for section, one in sorted(ctx.graph.named_by("data", ctx.id)):
        if section != "activities" or not in_place(ctx.register.activities[one], ctx.day):
            continue
        activity = ctx.register.activities[one]
        for each, purpose in tagged(activity, "absence"):
            if ctx.id in (purpose.data or activity.data or ()) and _by_employer(activity, purpose, ctx):
                called = ctx.called(("activities", one, "purposes", each))
                yield Problem.on("description", trail=(("activities", one),), data=ctx.called(), purpose=called)
                return  # one gap, however many purposes have these data


def _by_employer(activity: Activity, purpose: Purpose, ctx: Context) -> bool:
    """Tell whether it is about the organisation's own employees, and not done by a health professional (9(2)(h))."""
    people = purpose.data_subjects or activity.data_subjects
    conditions = purpose.special_categories
    own = isinstance(people, tuple) and any(ctx.register.data_subjects[one].employees == "yes" for one in people)
    medical = isinstance(conditions, tuple) and any(one.condition == "9(2)(h)" for one in conditions)
    return own and not medical

"""GRF12: a purpose names data or people that the activity's own list leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.grf import listed
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF12", on=Activity, severity=Severity.WARNING, cites=("GDPR 30(1)(c)",))
def purpose_data_undeclared(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """A purpose is for data or data subjects that the activity, which has a list of its own, does not list."""
    for field in ("data", "data_subjects"):
        own = getattr(activity, field)
        if not isinstance(own, tuple) or not own:
            continue
        seen = set(own)
        for one, purpose in activity.purpose_records().items():
            more = [each for each in dict.fromkeys(getattr(purpose, field) or ()) if each not in seen]
            seen.update(more)
            if more:
                path = (*ctx.path, "purposes", one)
                yield Problem.on(
                    "purposes", one, field, says=field,
                    activity=ctx.called(), purpose=ctx.called(path), missing=listed(ctx, field, more),
                )  # fmt: skip

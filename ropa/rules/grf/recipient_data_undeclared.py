"""GRF11: a recipient gets data that the activity does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.grf import handed_undeclared, is_special, listed
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF11", on=Activity, severity=Severity.WARNING, cites=("GDPR 30(1)(c)", "GDPR 30(1)(d)"))
def recipient_data_undeclared(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """What an activity hands to a recipient is not among the data that it says it processes."""
    for at, entry, more in handed_undeclared(activity):
        data = [one for one in more if not is_special(ctx, one)]  # of the others GRF09 tells
        if data:
            yield Problem.on(
                "recipients", at, "data",
                activity=ctx.called(), recipient=ctx.party(entry.party), data=listed(ctx, "data", data),
            )  # fmt: skip

"""NL01: books are kept for a shorter time than Dutch tax law asks."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Retention, known
from ropa.model.period import longer
from ropa.rules.nl import limits, tagged
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("NL01", on=Activity, severity=Severity.WARNING, cites=("Art. 52(4) AWR",), pack="NL")
def nl_fiscal_retention(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """All that is kept for bookkeeping or tax goes before the years of Dutch tax law are over."""
    years = ctx.law.number("nl-fiscal-retention", ctx.day)
    if years is None:
        return
    seen = set()
    for one, purpose in tagged(activity, "bookkeeping", "tax"):
        found = list(limits(activity, purpose))
        if found and all(_shorter(entry, f"P{years}Y") for _, entry in found):
            at = found[0][0]
            if at not in seen:  # the same limit for two purposes is one gap
                called = ctx.called((*ctx.path, "purposes", one))
                yield Problem.on("retention", at, "period", purpose=called, activity=ctx.called(), years=years)
            seen.add(at)


def _shorter(entry: Retention, least: str) -> bool:
    """Tell whether a time limit is certainly shorter: criteria and archiving may mean more than the period."""
    certain = known(entry.period) and entry.criteria is None and entry.archiving != "yes"
    return certain and longer(least, str(entry.period))

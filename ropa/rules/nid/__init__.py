"""Rules of the family NID: national identification numbers (Art. 87).

What the Member States that set such conditions have in common stands here.
"""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import DataCategory, Purpose, known
from ropa.rules.rule import Context, Problem, Severity
from ropa.rules.spc import activity_of, data_of, elsewhere, in_use, trail

__all__ = ["number_without_law"]


def number_without_law(record: Purpose | DataCategory, ctx: Context, country: str) -> Iterator[Problem]:
    """Find a purpose that uses a country's number without a law, and data of which nobody knows whether they hold one."""
    own = _is_own(country, ctx)
    if isinstance(record, DataCategory):
        if record.national_number == "unknown" and own and in_use(ctx):
            yield Problem.on("national_number", says="undetermined", severity=Severity.WARNING, data=ctx.called())
        return
    activity, law = activity_of(ctx), record.national_number
    numbers = (country, "yes") if own else (country,)
    data = {one: data for one, data in data_of(record, activity, ctx).items() if data.national_number in numbers}
    if not data or _has_law(record):
        return
    says = "unknown" if law == "unknown" else "none" if law == "none" else "missing"
    if says != "unknown" and elsewhere(record, activity, _has_law):
        says = "elsewhere"
    severity = Severity.WARNING if says in ("unknown", "elsewhere") else None
    yield Problem.on("national_number", says=says, severity=severity, trail=trail(data), purpose=ctx.called())


def _is_own(country: str, ctx: Context) -> bool:
    """Tell whether a country is that of the organisation, whose number is meant where none is named."""
    keeper = ctx.register.keeper
    return keeper is None or not known(keeper.country) or keeper.country == country


def _has_law(purpose: Purpose) -> bool:
    return known(purpose.national_number)

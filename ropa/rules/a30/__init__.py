"""Rules of the family A30: the record itself (Art. 30)."""

from __future__ import annotations

from typing import Literal

from ropa.model import Activity, DataCategory, Exemption, Record, known
from ropa.rules.rule import Context

__all__ = ["data_open", "exempt", "exemption_barred", "facts_missing"]


def exempt(record: Record, ctx: Context) -> bool:
    """Tell whether the record shows that Art. 30(5) frees an activity, or the one that a record stands in."""
    activity = next((one for one in (*ctx.above, record) if isinstance(one, Activity)), None)
    if activity is None or activity.exemption is None or exemption_barred(activity, activity.exemption, ctx):
        return False
    keeper = ctx.register.keeper
    facts = keeper is not None and known(keeper.employees) and not facts_missing(activity.exemption)
    return facts and not data_open(activity, ctx)


def facts_missing(claim: Exemption) -> list[str]:
    """Return the facts on which Art. 30(5) depends, and which a claim leaves open."""
    return [name for name in ("occasional", "risk") if not known(getattr(claim, name))]


def exemption_barred(
    activity: Activity, claim: Exemption, ctx: Context
) -> Literal["persons", "not-occasional", "risk", "sensitive"] | None:
    """Say what keeps Art. 30(5) from freeing an activity; None if nothing that is stated does.

    Its conditions are alternatives: one is enough. They are looked at in the order of the text.
    """
    keeper = ctx.register.keeper
    limit = ctx.law.number("record-exemption", ctx.day)
    employees = keeper.employees if keeper is not None else None
    if limit is not None and isinstance(employees, int) and employees >= limit:
        return "persons"
    if claim.risk == "yes":
        return "risk"
    if claim.occasional == "no":
        return "not-occasional"
    return "sensitive" if _sensitive(activity, ctx) else None


def data_open(activity: Activity, ctx: Context) -> bool:
    """Tell whether the record leaves open if the activity processes data of Art. 9(1) or 10: none named, or unknown."""
    categories, purposes = _named(activity, ctx), activity.purpose_records().values()
    return (
        not categories
        or any("unknown" in (one.special, one.criminal) for one in categories)
        or any("unknown" in (one.special_categories, one.criminal_data) for one in purposes)
    )


def _named(activity: Activity, ctx: Context) -> list[DataCategory]:
    """Return the categories of data of an activity and its purposes."""
    stated = [activity.data, *(each.data for each in activity.purpose_records().values())]
    return [ctx.register.data[one] for some in stated if isinstance(some, tuple) for one in some]


def _sensitive(activity: Activity, ctx: Context) -> bool:
    """Tell whether the record names data of Art. 9(1) or 10 among those of the activity and its purposes."""
    purposes = activity.purpose_records().values()
    categories = _named(activity, ctx)
    return any(
        (known(one.special) and bool(one.special)) or one.criminal == "yes" for one in categories
    ) or any(
        (known(one.special_categories) and bool(one.special_categories)) or known(one.criminal_data)
        for one in purposes
    )  # fmt: skip

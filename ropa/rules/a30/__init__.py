"""Rules of the family A30: the record itself (Art. 30)."""

from __future__ import annotations

from typing import Literal

from ropa.model import Activity, Exemption, known
from ropa.rules.rule import Context

__all__ = ["exemption_barred"]


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


def _sensitive(activity: Activity, ctx: Context) -> bool:
    """Tell whether the record names data of Art. 9(1) or 10 among those of the activity and its purposes."""
    purposes = activity.purpose_records().values()
    named = {*(activity.data if known(activity.data) else ()), *(one for each in purposes for one in each.data or ())}
    categories = [ctx.register.data[one] for one in named]
    return any(
        (known(one.special) and bool(one.special)) or one.criminal == "yes" for one in categories
    ) or any(
        (known(one.special_categories) and bool(one.special_categories)) or known(one.criminal_data)
        for one in purposes
    )  # fmt: skip

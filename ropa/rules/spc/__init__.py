"""Rules of the family SPC: special categories of personal data (Art. 9).

What other families ask about the data of a purpose or an activity stands here too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ropa.model import Activity, CriminalData, DataCategory, Purpose, Record, in_place
from ropa.rules.rule import Context
from ropa.source import Path, Words
from ropa.source.page import translate

__all__ = [
    "activity_of",
    "by_gdpr",
    "data_of",
    "elsewhere",
    "for_law_enforcement",
    "in_use",
    "is_special",
    "named",
    "sensitive",
    "trail",
]


def activity_of(ctx: Context) -> Activity:
    """Return the activity that the record looked at stands in."""
    return next(one for one in ctx.above if isinstance(one, Activity))


def by_gdpr(activity: Activity) -> bool:
    """Tell whether the GDPR governs an activity: law enforcement falls under Directive (EU) 2016/680 (Art. 2(2)(d))."""
    return activity.law_enforcement != "yes"


def for_law_enforcement(record: Record, ctx: Context) -> bool:
    """Tell whether a record is, or stands in, an activity of law enforcement, which the GDPR does not govern."""
    outermost = ctx.above[0] if ctx.above else record
    return isinstance(outermost, Activity) and not by_gdpr(outermost)


def data_of(purpose: Purpose, activity: Activity, ctx: Context) -> dict[str, DataCategory]:
    """Return the categories of data that a purpose uses: its own, else its activity's."""
    stated = activity.data if purpose.data is None else purpose.data
    return {one: ctx.register.data[one] for one in stated} if isinstance(stated, tuple) else {}


def elsewhere(purpose: Purpose, activity: Activity, has_ground: Callable[[Purpose], bool]) -> bool:
    """Tell whether a purpose names no data of its own, and another purpose of its activity has the ground for them.

    Then the data may well be for that other purpose alone.
    """
    others = (one for one in activity.purpose_records().values() if one is not purpose)
    return purpose.data is None and any(has_ground(one) for one in others)


def is_special(data: DataCategory) -> bool:
    """Tell whether a category of data is said to hold special categories of Art. 9(1)."""
    return isinstance(data.special, tuple) and bool(data.special)


def sensitive(activity: Activity, ctx: Context) -> bool:
    """Tell whether an activity processes data of Art. 9 or 10: by its data, or by a ground that only such data need."""
    purposes = activity.purpose_records().values()
    return any(is_special(one) or one.criminal == "yes" for one in _all_data(activity, ctx).values()) or any(
        isinstance(one.criminal_data, CriminalData)
        or (isinstance(one.special_categories, tuple) and bool(one.special_categories))
        for one in purposes
    )


def in_use(ctx: Context) -> bool:
    """Tell whether an activity in place, and governed by the GDPR, uses the category of data looked at."""
    return any(
        ctx.id in _all_data(one, ctx)
        for one in ctx.register.activities.values()
        if in_place(one, ctx.day) and by_gdpr(one)
    )


def _all_data(activity: Activity, ctx: Context) -> dict[str, DataCategory]:
    """Return the data of an activity and of each of its purposes."""
    stated = [activity.data, *(purpose.data for purpose in activity.purpose_records().values())]
    return {one: ctx.register.data[one] for some in stated if isinstance(some, tuple) for one in some}


def named(data: Mapping[str, DataCategory], ctx: Context) -> Words:
    """Return the names of categories of data as one list, in each language that one of them has."""
    names = [ctx.called(("data", one)) for one in data]
    languages = {"en", *(language for name in names if isinstance(name, Mapping) for language in name)}
    return {language: ", ".join(translate(name, language) for name in names) for language in sorted(languages)}


def trail(data: Mapping[str, DataCategory]) -> tuple[Path, ...]:
    """Return where categories of data stand in the register."""
    return tuple(("data", one) for one in data)

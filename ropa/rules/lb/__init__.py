"""Rules of the family LB: the legal basis (Art. 6)."""

from __future__ import annotations

from ropa.model import Activity, Purpose
from ropa.rules.rule import Context

__all__ = ["by_public_authority", "people_of", "setting"]


def setting(ctx: Context) -> tuple[Activity, Purpose]:
    """Return the activity and the purpose that a legal basis stands in."""
    activity, purpose = ctx.above[:2]
    assert isinstance(activity, Activity)
    assert isinstance(purpose, Purpose)
    return activity, purpose


def people_of(ctx: Context) -> tuple[str, ...]:
    """Return the categories of people that a legal basis is about: the purpose's, if it names any, else the activity's."""
    activity, purpose = setting(ctx)
    people = purpose.data_subjects if purpose.data_subjects is not None else activity.data_subjects
    return people if isinstance(people, tuple) else ()


def by_public_authority(ctx: Context) -> bool:
    """Tell whether the one whose record it is states to be a public authority or body."""
    keeper = ctx.register.keeper
    return keeper is not None and keeper.public_authority == "yes"

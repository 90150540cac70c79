"""What an activity involves, topic by topic, so that two versions of it can be compared for what matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ropa.changes.versions import Side
from ropa.model import Activity, Purpose
from ropa.rules.rule import called
from ropa.source.page import translate

__all__ = ["activity_topics", "changed_topics", "purpose_topics", "said", "transfer_topics"]

Topics = dict[str, Any]

_OURS = frozenset({"processor", "sub-processor", "internal"})
"""Roles of those who act for the organisation: they have no ends of their own that would shift a balance."""


def changed_topics(before: Topics, after: Topics) -> tuple[str, ...]:
    """Return the topics about which two versions do not say the same, in their order."""
    return tuple(topic for topic, value in after.items() if before.get(topic) != value)


def said(side: Side, words: Any) -> str | None:
    """Return a text in the register's own language: a translation that is added changes nothing."""
    return None if words is None else translate(words, side.register.language)


def activity_topics(side: Side, one: str) -> Topics:
    """Return what an activity involves, by the topics of `words.yaml`."""
    activity = side.register.activities[one]
    return {
        "purposes": _of_purposes(activity, lambda purpose: said(side, purpose.name)),
        "basis": _of_purposes(activity, lambda purpose: sorted(basis.article for basis in purpose.bases)),
        "interest": _of_purposes(activity, lambda purpose: _interests(side, purpose) or None),
        "data": set(side.data(activity)),
        "people": set(side.data_subjects(activity)),
        "recipients": {party: said(side, called(side.register, ("parties", party))) for party in side.recipients(activity)},
        "transfers": (set(side.outside(one)), {transfer: _transfer(side, transfer) for transfer in side.transfers(one)}),
        "retention": _retention(side, activity),
        "automated": _in_any_order(_listed(activity.automated_decisions)),
        "sources": _in_any_order((source.kind, source.party) for source in _listed(activity.sources)),
        "measures": set(side.measures(activity)),
        "systems": set(_listed(activity.systems)),
    }  # fmt: skip


def purpose_topics(side: Side, one: str, key: str) -> Topics:
    """Return what a purpose involves: what an assessment of its own was made about."""
    activity = side.register.activities[one]
    purpose = activity.purpose_records()[key]
    return {
        "purposes": said(side, purpose.name),
        "interest": _interests(side, purpose),
        "data": set(side.data(activity) if purpose.data is None else purpose.data),
        "people": set(side.data_subjects(activity) if purpose.data_subjects is None else purpose.data_subjects),
        "recipients": {one for one in side.recipients(activity) if side.register.parties[one].role not in _OURS},
    }


def transfer_topics(side: Side, one: str) -> Topics:
    """Return what a transfer involves."""
    countries, instruments = _transfer(side, one)
    return {
        "recipients": side.register.transfers[one].to,
        "countries": countries,
        "data": set(side.graph.data_of(one, side.day)),
        "instruments": instruments,
    }


def _of_purposes(activity: Activity, tell: Callable[[Purpose], Any]) -> dict[str, Any]:
    told = ((key, tell(purpose)) for key, purpose in activity.purpose_records().items())
    return {key: value for key, value in told if value is not None}


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _transfer(side: Side, one: str) -> tuple[set[str], list[tuple[str, str]]]:
    """Return the countries a transfer goes to, and what its instruments are."""
    record = side.register.transfers[one]
    kinds = [next(iter(type(each).model_fields)) for each in _listed(record.instruments)]
    instruments = [
        (kind, str(said(side, getattr(each, kind))))
        for kind, each in zip(kinds, _listed(record.instruments), strict=True)
    ]
    return set(side.graph.destinations(record)), instruments


def _retention(side: Side, activity: Activity) -> list[tuple[Any, ...]]:
    return _in_any_order(
        (
            sorted(one.data or ()),
            sorted(one.data_subjects or ()),
            one.period,
            said(side, one.start),
            said(side, one.criteria),
        )
        for one in _listed(activity.retention)
    )


def _interests(side: Side, purpose: Purpose) -> list[Any]:
    stated = (said(side, getattr(basis, "interest", None)) for basis in purpose.bases)
    return _in_any_order(one for one in stated if one is not None)


def _in_any_order(values: Iterable[Any]) -> list[Any]:
    """Return values so that two lists of the same are equal, whatever their order in the text."""
    return sorted(values, key=str)

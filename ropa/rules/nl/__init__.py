"""Rules of the family NL: the Netherlands (UAVG, AWR, WOR, guidance of the Autoriteit Persoonsgegevens).

They look at purposes that carry a tag: `bookkeeping`, `tax`, `absence`, `personnel-monitoring`, `recruitment`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Purpose, Retention

__all__ = ["limits", "tagged"]


def tagged(activity: Activity, *tags: str) -> Iterator[tuple[str, Purpose]]:
    """Yield the purposes of an activity that carry one of the tags."""
    for one, purpose in activity.purpose_records().items():
        if not set(tags).isdisjoint(purpose.tags):
            yield one, purpose


def limits(activity: Activity, purpose: Purpose) -> Iterator[tuple[int, Retention]]:
    """Yield the time limits that can be a purpose's: those that are not for other data or other people only."""
    for at, entry in enumerate(activity.retention if isinstance(activity.retention, tuple) else ()):
        if _meet(entry.data, purpose.data) and _meet(entry.data_subjects, purpose.data_subjects):
            yield at, entry


def _meet(some: tuple[str, ...] | None, others: tuple[str, ...] | None) -> bool:
    return not some or not others or not set(some).isdisjoint(others)

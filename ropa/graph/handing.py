"""What a recipient gets of an activity or a service: which data, of whom, for which purposes."""

from __future__ import annotations

from ropa.model import Activity, Purpose, Recipient, Service

__all__ = ["handed_on", "purposes_for"]


def handed_on(record: Activity | Service, first: str | None, what: str) -> tuple[str, ...]:
    """Return what a recipient gets of an activity: what its entry says, else everything."""
    everything = _everything(record, what)
    entry = _entry(record, first) if isinstance(record, Activity) else None
    if not isinstance(record, Activity) or entry is None:
        return everything
    if what == "data" and entry.data is not None:
        return entry.data
    purposes = [record.purpose_records().get(one) for one in entry.purposes or ()]
    named = [getattr(one, what) for one in purposes if one is not None]
    return tuple(dict.fromkeys(each for some in named for each in some)) if named and all(named) else everything


def _everything(record: Activity | Service, what: str) -> tuple[str, ...]:
    """Return the data or people of an activity or service: its own, and those that only its purposes name."""
    purposes = record.purpose_records().values() if isinstance(record, Activity) else ()
    stated = [getattr(record, what), *(getattr(one, what) for one in purposes)]
    return tuple(dict.fromkeys(each for some in stated if isinstance(some, tuple) for each in some))


def purposes_for(record: Activity | Service, first: str) -> tuple[Purpose, ...]:
    """Return the purposes for which a recipient gets data of an activity: what its entry says, else all."""
    if not isinstance(record, Activity):
        return ()
    entry, every = _entry(record, first), record.purpose_records()
    return tuple(every[one] for one in (entry.purposes if entry and entry.purposes is not None else every))


def _entry(record: Activity, first: str | None) -> Recipient | None:
    """Return what an activity says of one recipient, beyond naming it."""
    entries = record.recipients if isinstance(record.recipients, tuple) else ()
    return next((one for one in entries if isinstance(one, Recipient) and one.party == first), None)

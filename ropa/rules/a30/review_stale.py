"""A3014: nobody has looked at the record for a year, or since something changed."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Service
from ropa.rules.rule import Context, Problem, Severity, rule

_ON: tuple[type[Activity | Service], ...] = (Activity, Service)
_YEAR = 366
"""Days. The GDPR gives no interval; a year is what most organisations plan."""


@rule("A3014", on=_ON, severity=Severity.INFO, cites=("GDPR 5(2)", "GDPR 24(1)"))
def review_stale(record: Activity | Service, ctx: Context) -> Iterator[Problem]:
    """The record was last reviewed more than a year ago, or before the processing changed."""
    reviewed = record.reviewed
    if reviewed is None or reviewed > ctx.day:
        return
    changed = record.changed if isinstance(record, Activity) else None
    if changed is not None and reviewed < changed <= ctx.day:
        yield Problem.on("reviewed", says="changed", record=ctx.called(), day=reviewed, changed=changed)
    elif (ctx.day - reviewed).days > _YEAR:
        yield Problem.on("reviewed", says="old", record=ctx.called(), day=reviewed)

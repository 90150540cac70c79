"""The difference of two registers, from end to end: one function that you can read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ropa.changes.comparing import Change
from ropa.changes.comparison import Comparison, compared
from ropa.changes.consequences import Consequence, consequences
from ropa.checking import Report
from ropa.findings import Finding
from ropa.loading import Loaded

__all__ = ["Difference", "difference"]

Check = Callable[[Loaded], Report]


@dataclass(frozen=True)
class Difference:
    """What changed from one version of a register to another, and what that means on a day.

    `base` and `head` are the reports on both; `consequences` are in the order of the catalogue;
    `appeared` and `vanished` are the findings of one side only.
    """

    base: Report
    head: Report
    comparison: Comparison
    consequences: tuple[Consequence, ...]
    appeared: tuple[Finding, ...]
    vanished: tuple[Finding, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes, in the order of the model and the text."""
        return self.comparison.changes

    @property
    def later(self) -> tuple[str, ...]:
        """The days after the day asked about from which something that changed begins or ends (ISO 8601)."""
        days = {day for change in self.changes for day in _days(change.what.rpartition(".")[2], change.after)}
        return tuple(sorted(day for day in days if day > self.head.on.isoformat()))


def _days(key: str, value: Any) -> Iterator[str]:
    """Yield the days on which what a change states begins or ends."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _days(name, below)
    elif isinstance(value, list):
        for each in value:
            yield from _days(key, each)
    elif key in ("since", "until") and isinstance(value, str) and value != "unknown":
        yield value


def difference(base: Loaded, head: Loaded, check: Check) -> Difference | None:
    """Compare two versions of a register and say what follows; None if one could not be read whole.

    `check` is how each of them is checked: the same day, the same law, the same rules.
    """
    if base.register is None or head.register is None:
        return None
    before, after = check(base), check(head)
    comparison = compared(base, head, after.law, after.on)
    assert comparison is not None
    return Difference(
        before, after, comparison, consequences(comparison.sides), *_findings(before, after, comparison.renames.now)
    )


def _findings(base: Report, head: Report, now: Callable[[str], str]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings that only the new register has, and those that only the old one had; of those that count."""
    before = {_identity(one, now): one for one in base.findings if one.counts}
    after = {_identity(one, str): one for one in head.findings if one.counts}
    return (
        tuple(one for key, one in after.items() if key not in before),
        tuple(one for key, one in before.items() if key not in after),
    )


def _identity(finding: Finding, now: Callable[[str], str]) -> tuple[object, ...]:
    """Return what makes a finding the same in both: what its fingerprint is made of, with the new ids."""
    there = replace(finding, path=now(finding.path), trail=tuple(now(step) for step in finding.trail))
    return (*there.likeness, finding.occurrence)

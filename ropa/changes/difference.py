"""The difference of two registers, from end to end: one function that you can read aloud."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property

from ropa.changes.comparing import Change, compare
from ropa.changes.consequences import Consequence, consequences
from ropa.changes.plain import plain_of
from ropa.changes.renames import Renames, renames
from ropa.changes.versions import Side, Sides
from ropa.checking import Report
from ropa.findings import Finding
from ropa.loading import Loaded
from ropa.model import Register
from ropa.source import Path, Place, format_path

__all__ = ["Difference", "difference"]

Check = Callable[[Loaded], Report]


@dataclass(frozen=True)
class Difference:
    """What changed from one register to another, and what that means on a day.

    `base` and `head` are the reports on both. `changes` are in the order of the model and the text,
    `consequences` in the order of the catalogue; `appeared` and `vanished` are findings of one side only.
    """

    base: Report
    head: Report
    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...]
    appeared: tuple[Finding, ...]
    vanished: tuple[Finding, ...]
    renames: Renames = field(default_factory=Renames)
    """Ids that changed while the record stayed the same: no change of what the register says."""

    def place(self, change: Change) -> Place:
        """Return where a change stands: in the new register, or in the old one if it was removed."""
        gone = change.kind == "removed"
        return self.place_of(change.old_path if gone else change.path, gone=gone)

    def place_of(self, path: Path, *, gone: bool) -> Place:
        """Return the place of a path of the new register; with `gone`, where it stood in the old one."""
        if gone:
            return self.base.loaded.sources.place(self.renames.before(path), key=True)
        return self.head.loaded.sources.place(path, key=True)

    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Return the places whose id changed, as they were called and as they are called."""
        return tuple((format_path(old), new) for old, new in self.renames.found.items())

    @cached_property
    def sides(self) -> Sides:
        """Both registers, as the consequences were told from them."""
        return _sides(self.base, self.head, self.renames)


def difference(base: Loaded, head: Loaded, check: Check) -> Difference | None:
    """Compare two registers; None if one of them could not be read whole (its `problems` say why).

    `check` is how each of them is checked: the same day, the same law, the same rules.
    """
    if base.register is None or head.register is None:
        return None
    before, after = check(base), check(head)
    after_plain = plain_of(head.register)
    renamed = renames(plain_of(base.register), after_plain)
    sides = _sides(before, after, renamed)
    changes = compare(plain_of(sides.base.register), after_plain)
    return Difference(
        before,
        after,
        changes,
        consequences(replace(sides, changes=changes)),
        *_findings(before, after, renamed),
        renames=renamed,
    )


def _sides(base: Report, head: Report, renamed: Renames) -> Sides:
    """Return both registers under the same ids: those of the new one."""
    assert base.loaded.register is not None
    assert head.loaded.register is not None
    old = base.loaded.register
    if renamed:
        old = Register.model_validate(renamed.applied(deepcopy(base.loaded.sources.merged)))
    return Sides(Side(old, base.law, base.on), Side(head.loaded.register, head.law, head.on))


def _findings(base: Report, head: Report, renamed: Renames) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings that only the new register has, and those that only the old one had."""
    before = {_identity(one, renamed.now): one for one in base.findings}
    after = {_identity(one, str): one for one in head.findings}
    return (
        tuple(one for key, one in after.items() if key not in before),
        tuple(one for key, one in before.items() if key not in after),
    )


def _identity(finding: Finding, now: Callable[[str], str]) -> tuple[object, ...]:
    """Return what makes a finding the same in both: as its fingerprint, with the new ids."""
    path = replace(finding, path=now(finding.path), trail=tuple(now(step) for step in finding.trail))
    return (*path.likeness, finding.occurrence, finding.counts)

"""Two versions of a register compared: under the same ids, statement by statement."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date

from ropa.changes.comparing import Change, compare
from ropa.changes.plain import plain_of
from ropa.changes.renames import Renames, renames
from ropa.changes.versions import Side, Sides
from ropa.law import Law
from ropa.loading import Loaded
from ropa.model import Register
from ropa.source import Path, Place, format_path

__all__ = ["Comparison", "compared"]


@dataclass(frozen=True)
class Comparison:
    """What changed from one version of a register to another, and where in the text.

    `sides` are both registers under the ids of the new one; `renames` says which ids changed while
    the record stayed the same: no change of what the register says.
    """

    base: Loaded
    head: Loaded
    sides: Sides
    renames: Renames

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes, in the order of the model and the text."""
        return self.sides.changes

    def place(self, change: Change) -> Place:
        """Return where a change stands: in the new register, or in the old one if it was removed."""
        gone = change.kind == "removed"
        return self.place_of(change.old_path if gone else change.path, gone=gone)

    def place_of(self, path: Path, *, gone: bool) -> Place:
        """Return the place of a path of the new register; with `gone`, where it stood in the old one."""
        if gone:
            return self.base.sources.place(self.renames.before(path), key=True)
        return self.head.sources.place(path, key=True)

    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Return the places whose id changed, as they were called and as they are called."""
        return tuple((format_path(old), new) for old, new in self.renames.found.items())


def compared(base: Loaded, head: Loaded, law: Law, on: date) -> Comparison | None:
    """Compare two versions of a register; None if one could not be read whole (its `problems` say why)."""
    if base.register is None or head.register is None:
        return None
    after = plain_of(head.register)
    renamed = renames(plain_of(base.register), after)
    old = base.register
    if renamed:
        old = Register.model_validate(renamed.applied(deepcopy(base.sources.merged)))
    sides = Sides(Side(old, law, on), Side(head.register, law, on))
    return Comparison(base, head, replace(sides, changes=compare(plain_of(old), after)), renamed)

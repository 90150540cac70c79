"""What if an instrument ended on the day asked about: which transfers fall, which a fallback saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ropa.impact import Impact, impact
from ropa.law import Law, Standing
from ropa.model import in_place
from ropa.standing import Standings

__all__ = ["Fall", "WhatIf", "what_if"]


@dataclass(frozen=True)
class Fall:
    """A transfer whose ground goes: as it stands, as it would stand, and whom and what that touches."""

    transfer: str
    before: Standing
    after: Standing
    impact: Impact

    @property
    def fate(self) -> Literal["falls", "open", "saved"]:
        """`falls`: nothing is left; `open`: a fact decides that is not known; `saved`: another instrument holds."""
        return "saved" if self.after.state.holds else "falls" if self.after.state.fails else "open"


@dataclass(frozen=True)
class WhatIf:
    """What would happen if instruments ended on the day asked about."""

    names: tuple[str, ...]
    """The instruments, by their names in the law data."""
    not_in_force: tuple[str, ...]
    """Those of them that were not in force on that day anyway."""
    falls: tuple[Fall, ...]
    """The transfers whose ground would go, those that would have nothing left first."""


def what_if(standings: Standings, supposed: Law) -> WhatIf:
    """Compare on what transfers stand with how they would stand under a law in which instruments have ended."""
    transfers = standings.graph.register.transfers
    found = []
    for one, transfer in transfers.items():
        before, after = standings.of(one), standings.under(supposed, one)
        if in_place(transfer, standings.day) and not before.state.fails and _rests_elsewhere(before, after):
            found.append(Fall(one, before, after, impact(standings, "transfers", one)))
    order = ("falls", "open", "saved")
    found.sort(key=lambda fall: order.index(fall.fate))
    idle = tuple(name for name in supposed.supposed if _idle(standings.law, supposed, name))
    return WhatIf(supposed.supposed, idle, tuple(found))


def _rests_elsewhere(before: Standing, after: Standing) -> bool:
    """Tell whether some leg of a transfer would no longer stand on what it stands on."""
    return any(
        (was.best.state, was.best.at) != (now.best.state, now.best.at)
        for was, now in zip(before.legs, after.legs, strict=True)
    )


def _idle(law: Law, supposed: Law, name: str) -> bool:
    """Tell whether supposing that an instrument ended changes nothing: it had ended, or not begun."""
    return law.instrument(name)[1] == supposed.instrument(name)[1]

"""What if an instrument ended on the day asked about: which transfers fall, which a fallback saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ropa.impact import Impact, impact
from ropa.law import Law, Standing, State
from ropa.model import Register, in_place
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
    """The transfers that would lose an instrument: those with nothing left first, then the most sensitive data first."""


def what_if(standings: Standings, supposed: Law) -> WhatIf:
    """Compare on what transfers stand with how they would stand under a law in which instruments have ended."""
    transfers = standings.graph.register.transfers
    found = []
    for one, transfer in transfers.items():
        before, after = standings.of(one), standings.under(supposed, one)
        if in_place(transfer, standings.day) and not before.state.fails and _loses(before, after):
            found.append(Fall(one, before, after, impact(standings, "transfers", one)))
    found.sort(key=lambda fall: _weight(fall, standings.graph.register))
    idle = tuple(name for name in supposed.supposed if _idle(standings.law, supposed, name))
    return WhatIf(supposed.supposed, idle, tuple(found))


def _loses(before: Standing, after: Standing) -> bool:
    """Tell whether an instrument on which some leg of a transfer could stand would be gone."""
    return any(
        not was.state.fails and now.state is State.ENDED
        for leg, under in zip(before.legs, after.legs, strict=True)
        for was, now in zip(leg.answers, under.answers, strict=True)
    )


def _weight(fall: Fall, register: Register) -> tuple[int, int, int]:
    """Return how much a fall weighs: by its fate, by how sensitive the data are, by how many people there are."""
    data = [register.data[one] for one in fall.impact.data]
    sensitive = sum(isinstance(one.special, tuple) or one.criminal == "yes" or one.numbered for one in data)
    numbers = [register.data_subjects[one].number for one in fall.impact.data_subjects]
    people = sum(number for number in numbers if isinstance(number, int))
    return (("falls", "open", "saved").index(fall.fate), -sensitive, -people)


def _idle(law: Law, supposed: Law, name: str) -> bool:
    """Tell whether supposing that an instrument ended changes nothing: it had ended, or not begun."""
    return law.instrument(name)[1] == supposed.instrument(name)[1]

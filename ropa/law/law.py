"""The law as data, asked on a day: what a transfer stands on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ropa.law.dated import GDPR_APPLIES
from ropa.law.judging import Judge
from ropa.law.states import Answer, Circumstances, Leg, Relation, Standing, State
from ropa.law.store import Store
from ropa.model import Instrument

__all__ = ["Law"]


class Law(Store):
    """The law as data, with the questions that a register asks of it. Load it with `Law.load()`."""

    def transfer(
        self, instruments: Iterable[Instrument], circumstances: Circumstances | None = None, *, on: date
    ) -> Standing:
        """Say on what a transfer stands on a day: each instrument gets a state, with its reason.

        The transfer stands as its worst leg does: every third country that the importer is in, in
        every relation in which data reach it. An answer says that an instrument was in force and
        covered the transfer, or what stood in the way; Chapter V is one layer of several (Art. 44).
        """
        of = circumstances or Circumstances()
        if on < GDPR_APPLIES:
            return _alone(State.PRE_GDPR, of)
        outside: tuple[str | None, ...] = tuple(one for one in of.countries if not self.inside(one, on)) or (None,)
        if of.organisation == "yes":
            outside = (None,)
        elif of.same_entity or (of.countries and outside == (None,)):
            return _alone(State.NOT_A_TRANSFER, of)
        claims = tuple(instruments)
        legs = []
        for country in outside:
            for relation in of.relations or (Relation(),):
                judge = Judge(self, on, country, relation, of)
                answers = tuple(judge.answer(claim, at) for at, claim in enumerate(claims))
                legs.append(Leg(country, relation, answers or (Answer(State.NONE, why="unstated"),)))
        return Standing(tuple(legs), of)


def _alone(state: State, of: Circumstances) -> Standing:
    return Standing((Leg(None, Relation(), (Answer(state),)),), of)

"""On what a transfer stands on a day: each of its instruments gets an answer, a state with a reason.

An answer says that an instrument was in force and covered the transfer, or what stood in the way.
It never says that the transfer was lawful: Chapter V is one layer of several (Art. 44).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ropa.errors import UnknownLawError
from ropa.law.dated import Version
from ropa.law.kinds import AdequacyScope, ClauseSet
from ropa.law.store import GDPR_APPLIES, Law
from ropa.model import Adequacy, Authorisation, Clauses, Derogation, Instrument, Listing, Transfer, known
from ropa.model.base import Text

__all__ = ["Answer", "Standing", "State", "standing"]


class State(StrEnum):
    """What an instrument was worth to a transfer on a day, from the best to the worst."""

    COVERED = "covered"
    """In force, and it covered this transfer as far as the record says."""
    COVERED_LATER_INVALIDATED = "covered_later_invalidated"
    """In force then, and presumed valid; the Court declared it invalid later."""
    UNCERTAIN_WINDOW = "uncertain_window"
    """Adopted, but not certainly in effect on that day."""
    CONDITIONAL = "conditional"
    """In force, and a fact that decides is not known: there is one question to answer."""
    CONDITION_NOT_MET = "condition_not_met"
    """In force, and the record itself says that it does not cover this recipient."""
    WRONG_MODULE = "wrong_module"
    """Clauses for another relation than that of exporter and importer."""
    OUT_OF_SCOPE = "out_of_scope"
    """In force, but about something else."""
    ENDED = "ended"
    """No longer in force on that day."""
    NOT_YET = "not_yet"
    """Not yet in force on that day."""
    NONE = "none"
    """No such instrument, or none stated."""
    NOT_A_TRANSFER = "not_a_transfer"
    """The importer was within the area where data flow freely."""
    PRE_GDPR = "pre_gdpr"
    """Before 2018-05-25 the GDPR did not apply."""

    @property
    def holds(self) -> bool:
        """Whether the transfer can stand on it, as far as the record says."""
        return self in (State.COVERED, State.COVERED_LATER_INVALIDATED)


_ORDER = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True)
class Answer:
    """What one instrument was worth on the day asked about.

    `at` is its place in the transfer's list, `version` the version of law the answer rests on,
    `why` a word for the reason where a state has several, `question` the one thing to find out.
    """

    state: State
    instrument: Instrument | None = None
    at: int = 0
    version: Version[Any] | None = None
    why: str = ""
    question: Text | None = None


@dataclass(frozen=True)
class Standing:
    """On what a transfer stands on a day: the answers for its instruments, in their order."""

    answers: tuple[Answer, ...]

    @property
    def best(self) -> Answer:
        """The answer of the instrument that serves best; of equal ones the first."""
        return min(self.answers, key=lambda answer: _ORDER[answer.state])


def standing(law: Law, transfer: Transfer, countries: Iterable[str], on: date, roles: str | None = None) -> Standing:
    """Judge each instrument of a transfer on a day.

    `countries` are where the importer is established or processes (ISO 3166-1; empty if unknown),
    `roles` is the relation of exporter and importer (`C2P`; None if unknown).
    """
    countries = tuple(countries)
    if on < GDPR_APPLIES:
        return Standing((Answer(State.PRE_GDPR),))
    if countries and all(law.inside(country, on) for country in countries):
        return Standing((Answer(State.NOT_A_TRANSFER),))
    instruments = transfer.instruments if isinstance(transfer.instruments, tuple) else ()
    facts = _Facts(law, countries, on, roles)
    return Standing(tuple(facts.judge(one, at) for at, one in enumerate(instruments)) or (Answer(State.NONE),))


@dataclass(frozen=True)
class _Facts:
    """What is known of a transfer besides its instruments."""

    law: Law
    countries: tuple[str, ...]
    day: date
    roles: str | None

    def judge(self, instrument: Instrument, at: int) -> Answer:
        judges: dict[type, Callable[[Any], Answer]] = {
            Adequacy: self._adequacy,
            Clauses: self._clauses,
            Authorisation: self._authorisation,
            Derogation: self._derogation,
        }
        answer = judges.get(type(instrument), _taken_as_recorded)(instrument)
        return Answer(answer.state, instrument, at, answer.version, answer.why, answer.question)

    def _adequacy(self, claim: Adequacy) -> Answer:
        if claim.adequacy == "unknown":
            return Answer(State.NONE, why="unnamed")
        try:
            fact = self.law.adequacy(claim.adequacy)
        except UnknownLawError:
            return Answer(State.NONE, why="no-such-decision")
        if self.countries and fact.of not in self.countries:
            return Answer(State.OUT_OF_SCOPE, version=fact.versions[-1], why="other-country")
        if fact.regime != "gdpr":
            return Answer(State.OUT_OF_SCOPE, version=fact.versions[-1], why="other-regime")
        version = fact.on(self.day)
        if version is None:
            past = fact.latest_before(self.day)
            return Answer(State.ENDED, version=past) if past else Answer(State.NOT_YET, version=fact.versions[0])
        return self._scope(claim, version)

    def _scope(self, claim: Adequacy, version: Version[AdequacyScope]) -> Answer:
        """Ask the scope conditions of a decision in force: no, then unknown, then the rest."""
        facts: dict[str, str | None] = {one: claim.conditions.get(one) for one in version.value.conditions}
        if version.value.list is not None:
            facts = {"listed": _listed(claim.listed, self.day), **facts}
        for one, fact in facts.items():
            if fact == "no":
                return Answer(State.CONDITION_NOT_MET, version=version, why=one, question=_question(version, one))
        for one, fact in facts.items():
            if fact != "yes":
                return Answer(State.CONDITIONAL, version=version, why=one, question=_question(version, one))
        if version.certain is not None and self.day < version.certain:
            return Answer(State.UNCERTAIN_WINDOW, version=version)
        invalid = version.ended_by is not None and version.ended_by.how == "invalid"
        return Answer(State.COVERED_LATER_INVALIDATED if invalid else State.COVERED, version=version)

    def _clauses(self, claim: Clauses) -> Answer:
        if claim.clauses == "unknown":
            return Answer(State.CONDITIONAL, why="unnamed")
        try:
            fact = self.law.clauses(claim.clauses)
        except UnknownLawError:
            return Answer(State.NONE, why="no-such-clauses")
        if not fact.transfer_tool or fact.regime != "gdpr":
            return Answer(State.OUT_OF_SCOPE, version=fact.versions[-1], why="no-transfer-tool")
        version = fact.latest_before(self.day)
        if version is None:
            return Answer(State.NOT_YET, version=fact.versions[0])
        return self._concluded(claim, version) or self._module(claim, version.value, version)

    def _concluded(self, claim: Clauses, version: Version[ClauseSet]) -> Answer | None:
        """Judge both axes of time: when clauses could be concluded, until when they may be relied on."""
        until = version.value.relied_on_until
        if until is not None and self.day >= until:
            return Answer(State.ENDED, version=version, why="relied-on")
        if not isinstance(claim.concluded, date):
            return Answer(State.CONDITIONAL, version=version, why="concluded") if version.end else None
        if not version.in_force(claim.concluded):
            early = claim.concluded < version.start
            return Answer(State.NOT_YET if early else State.ENDED, version=version, why="concluded")
        if claim.concluded > self.day:
            return Answer(State.NOT_YET, version=version, why="concluded")
        old = version.end is not None and self.day >= version.end
        if old and version.value.needs_unchanged_processing and claim.processing_unchanged == "no":
            return Answer(State.ENDED, version=version, why="processing-changed")
        return None

    def _module(self, claim: Clauses, clauses: ClauseSet, version: Version[ClauseSet]) -> Answer:
        if claim.unmodified == "no":
            return Answer(State.CONDITION_NOT_MET, version=version, why="modified")
        if clauses.modules and claim.module in (None, "unknown"):
            return Answer(State.CONDITIONAL, version=version, why="module")
        fits = (clauses.modules[str(claim.module)],) if clauses.modules else clauses.roles
        if self.roles is not None and self.roles not in fits:
            return Answer(State.WRONG_MODULE, version=version)
        return Answer(State.COVERED, version=version)

    def _authorisation(self, claim: Authorisation) -> Answer:
        if claim.authorisation == "none":
            return Answer(State.CONDITION_NOT_MET, why="authorisation")
        if claim.authorisation == "unknown":
            return Answer(State.CONDITIONAL, why="authorisation")
        if isinstance(claim.given, date) and claim.given > self.day:
            return Answer(State.NOT_YET, why="authorisation")
        return Answer(State.COVERED)

    def _derogation(self, claim: Derogation) -> Answer:
        if claim.derogation == "unknown":
            return Answer(State.CONDITIONAL, why="unnamed")
        if claim.derogation == "49(1)(a)":
            consent = claim.consent
            explicit = consent.explicit if known(consent) else "no" if consent == "none" else None
            if explicit == "no":
                return Answer(State.CONDITION_NOT_MET, why="explicit-consent")
            if explicit != "yes":
                return Answer(State.CONDITIONAL, why="explicit-consent")
        return Answer(State.COVERED)


def _taken_as_recorded(instrument: Instrument) -> Answer:
    """Answer for the instruments whose facts no dated law decides."""
    return Answer(State.COVERED, instrument)


def _listed(listed: Listing | str | None, day: date) -> str | None:
    """Tell whether a recipient stood on a list on a day, as far as the record says."""
    if not isinstance(listed, Listing):
        return listed
    if isinstance(listed.until, date) and day >= listed.until:
        return "no"
    if not isinstance(listed.since, date) or listed.until == "unknown":
        return "unknown"
    return "yes" if listed.since <= day else "no"


def _question(version: Version[AdequacyScope], condition: str) -> Text:
    if condition != "listed":
        return version.value.conditions[condition].question
    return {
        "en": f"Is the recipient on the {version.value.list} on that day, for these data?",
        "nl": f"Staat de ontvanger op die dag op de {version.value.list}, voor deze gegevens?",
    }

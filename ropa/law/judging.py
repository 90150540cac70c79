"""What one instrument is worth to a transfer on a day: a judge for each kind of instrument.

A judge says `no` before it says `unknown`: a fact that speaks against the instrument settles the
matter, and only where none does is there a question. So knowing more never turns an answer that
covers into a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ropa.errors import UnknownLawError
from ropa.law.dated import Dated, Version
from ropa.law.kinds import AdequacyFact, AdequacyScope, ClauseFact, ClauseSet
from ropa.law.states import Answer, Circumstances, Relation, State
from ropa.model import (
    Adequacy,
    Authorisation,
    BindingRules,
    Certification,
    Clauses,
    CodeOfConduct,
    Derogation,
    Instrument,
    Listing,
    PublicInstrument,
    known,
)
from ropa.model.base import Text

if TYPE_CHECKING:
    from ropa.law.store import Store

__all__ = ["Judge"]

Facts = Iterable[tuple[str, str | None]]
"""Conditions by id, in the order in which they are asked, each with `yes`, `no`, `unknown` or nothing."""


@dataclass(frozen=True)
class Judge:
    """Judges the instruments of one leg of a transfer: to one country, in one relation, on one day."""

    law: Store
    day: date
    country: str | None
    relation: Relation
    of: Circumstances

    def answer(self, instrument: Instrument, at: int) -> Answer:
        """Judge one instrument, which stands at `at` in the transfer's list."""
        judges: dict[type, Callable[[Any], Answer]] = {
            Adequacy: self._adequacy,
            Clauses: self._clauses,
            BindingRules: self._binding_rules,
            Authorisation: self._authorisation,
            CodeOfConduct: self._code,
            Certification: self._certification,
            PublicInstrument: self._public_instrument,
            Derogation: self._derogation,
        }
        found = judges[type(instrument)](instrument)
        if not isinstance(instrument, Adequacy) and self.of.law_enforcement == "yes":
            found = Answer(State.OUT_OF_SCOPE, fact=found.fact, version=found.version, why="law-enforcement")
        safeguard = not isinstance(instrument, (Adequacy, Derogation))
        if safeguard and self.of.equivalent == "no" and not found.state.fails:
            found = Answer(State.CONDITION_NOT_MET, fact=found.fact, version=found.version, why="assessment")
        return Answer(found.state, instrument, at, found.fact, found.version, found.why, found.question)

    # Adequacy decisions (Art. 45)

    def _adequacy(self, claim: Adequacy) -> Answer:
        if claim.adequacy == "unknown":
            return self._unnamed(claim)
        try:
            fact = self.law.adequacy(claim.adequacy)
        except UnknownLawError:
            return Answer(State.NONE, why="no-such-decision")
        return self._decision(claim, fact)

    def _unnamed(self, claim: Adequacy) -> Answer:
        """Judge "some adequacy decision": a country has at most one in force at a time."""
        if self.country is None:
            return self._open("adequacy-decision", "unnamed")
        past = [fact for fact in self.law.decisions_on(self.country) if fact.regime == self._regime]
        for fact in past:
            if fact.on(self.day) is not None:
                return self._decision(claim, fact)
        begun = [fact for fact in past if fact.versions[0].start <= self.day]
        last = max(begun, key=lambda fact: fact.versions[0].start, default=None)
        return Answer(State.NONE, fact=last, why="no-decision")

    @property
    def _regime(self) -> str:
        return "led" if self.of.law_enforcement == "yes" else "gdpr"

    def _decision(self, claim: Adequacy, fact: AdequacyFact) -> Answer:
        if self.country is not None and fact.of is not None and fact.of != self.country:
            return Answer(State.OUT_OF_SCOPE, fact=fact, version=fact.versions[-1], why="other-country")
        if fact.organisation is not None and self.of.organisation == "no":
            return Answer(State.OUT_OF_SCOPE, fact=fact, version=fact.versions[-1], why="other-country")
        if fact.of is not None and self.of.organisation == "yes":
            return Answer(State.OUT_OF_SCOPE, fact=fact, version=fact.versions[-1], why="other-country")
        if fact.regime != self._regime:
            return Answer(State.OUT_OF_SCOPE, fact=fact, version=fact.versions[-1], why="other-regime")
        version = fact.on(self.day)
        if version is None:
            past = fact.latest_before(self.day)
            if past is not None:
                return Answer(State.ENDED, fact=fact, version=past, why="ended")
            return Answer(State.NOT_YET, fact=fact, version=fact.versions[0], why="not-yet")
        return self._excluded(claim, fact, version) or self._scope(claim, fact, version)

    def _excluded(self, claim: Adequacy, fact: AdequacyFact, version: Version[AdequacyScope]) -> Answer | None:
        """Tell whether the decision leaves this transfer out, as the record says or as the importer is."""
        for one, exclusion in version.value.excludes.items():
            said = claim.conditions.get(one)
            public = exclusion.public_authorities and self.of.importer_public == "yes"
            if said == "yes" or (public and said != "no"):
                return Answer(State.OUT_OF_SCOPE, fact=fact, version=version, why="excluded", question=exclusion.what)
        return None

    def _scope(self, claim: Adequacy, fact: AdequacyFact, version: Version[AdequacyScope]) -> Answer:
        """Ask the scope conditions of a decision in force."""
        facts: dict[str, str | None] = {}
        if fact.organisation is not None:
            facts["organisation"] = self._is_organisation(claim, fact)
        elif self.of.organisation == "unknown":
            facts["no-organisation"] = "unknown"
        if version.value.list is not None:
            facts["listed"] = _listed(claim.listed, self.day) or "unknown"
        if version.value.personnel_listed:
            facts["personnel-listed"] = self._personnel(claim)
        facts |= {one: claim.conditions.get(one) or "unknown" for one in version.value.conditions}
        facts |= {one: "unknown" for one in version.value.excludes if claim.conditions.get(one) == "unknown"}
        asked = self._ask(fact, version, facts.items(), "adequacy-decision")
        if asked is not None:
            return asked
        if version.certain is not None and self.day < version.certain:
            return Answer(State.UNCERTAIN_WINDOW, fact=fact, version=version, why="window")
        invalid = version.ended_by is not None and version.ended_by.how == "invalid"
        state = State.COVERED_LATER_INVALIDATED if invalid else State.COVERED
        return Answer(state, fact=fact, version=version)

    def _is_organisation(self, claim: Adequacy, fact: AdequacyFact) -> str:
        """Tell whether the importer is the organisation that a decision is about, by its name or by the record's answer."""
        names = {name.casefold() for name in (fact.organisation or "", *fact.known_as)}
        named = any(name.casefold() in names for name in self.of.importer_names)
        if self.of.organisation == "yes" and named:
            return "yes"
        return claim.conditions.get("organisation") or "unknown"

    def _personnel(self, claim: Adequacy) -> str | None:
        """Tell whether personnel data are covered: None where there are none to cover."""
        if self.of.personnel in (None, "no"):
            return None
        covered = claim.listed.hr_data if isinstance(claim.listed, Listing) else None
        if covered == "yes":
            return "yes"
        return "no" if covered == "no" and self.of.personnel == "yes" else "unknown"

    # Standard contractual clauses (Art. 46(2)(c), (d))

    def _clauses(self, claim: Clauses) -> Answer:
        if claim.clauses == "unknown":
            return self._open("standard-clauses", "unnamed")
        try:
            fact = self.law.clauses(claim.clauses)
        except UnknownLawError:
            return Answer(State.NONE, why="no-such-clauses")
        if not fact.transfer_tool or fact.regime != "gdpr":
            return Answer(State.OUT_OF_SCOPE, fact=fact, version=fact.versions[-1], why="no-transfer-tool")
        version = fact.latest_before(self.day)
        if version is None:
            return Answer(State.NOT_YET, fact=fact, version=fact.versions[0], why="not-yet")
        refused = self._time(claim, fact, version) or self._fit(claim, fact, version)
        return refused or self._open_clauses(claim, fact, version) or Answer(State.COVERED, fact=fact, version=version)

    def _time(self, claim: Clauses, fact: ClauseFact, version: Version[ClauseSet]) -> Answer | None:
        """Judge both axes of time: when clauses could be concluded, until when they may be relied on."""
        until = version.value.relied_on_until
        if until is not None and self.day >= until:
            return Answer(State.ENDED, fact=fact, version=version, why="relied-on")
        if self._must_be_unchanged(version) and claim.processing_unchanged == "no":
            return Answer(State.ENDED, fact=fact, version=version, why="processing-changed")
        if not isinstance(claim.concluded, date):
            return None
        if claim.concluded < version.start:
            return Answer(State.NOT_YET, fact=fact, version=version, why="too-early")
        if not version.in_force(claim.concluded):
            return Answer(State.ENDED, fact=fact, version=version, why="concluded-late")
        late = claim.concluded > self.day
        return Answer(State.NOT_YET, fact=fact, version=version, why="later") if late else None

    def _must_be_unchanged(self, version: Version[ClauseSet]) -> bool:
        old = version.end is not None and self.day >= version.end
        return old and version.value.needs_unchanged_processing

    def _fit(self, claim: Clauses, fact: ClauseFact, version: Version[ClauseSet]) -> Answer | None:
        """Judge whether the text is the Commission's, and made for this relation."""
        if claim.unmodified == "no":
            return Answer(State.CONDITION_NOT_MET, fact=fact, version=version, why="unmodified")
        value, roles = version.value, self.relation.roles
        fits = (*value.roles, *(value.onward_roles if self.relation.onward else ()))
        if value.modules:
            fits = (value.modules[str(claim.module)],) if str(claim.module) in value.modules else fits
        if roles is not None and roles not in fits:
            return Answer(State.WRONG_MODULE, fact=fact, version=version, why="module" if value.modules else "roles")
        return None

    def _open_clauses(self, claim: Clauses, fact: ClauseFact, version: Version[ClauseSet]) -> Answer | None:
        facts: list[tuple[str, str | None]] = []
        if version.end is not None:
            facts.append(("concluded", "yes" if isinstance(claim.concluded, date) else "unknown"))
        if self._must_be_unchanged(version):
            facts.append(("unchanged-processing", claim.processing_unchanged or "unknown"))
        if version.value.modules:
            facts.append(("module", "yes" if known(claim.module) else "unknown"))
            facts.append(("relation", "yes" if self.relation.roles is not None else "unknown"))
        return self._ask(fact, version, facts, "standard-clauses")

    # The other safeguards (Art. 46)

    def _binding_rules(self, claim: BindingRules) -> Answer:
        if isinstance(claim.approved, date) and claim.approved > self.day:
            return self._tool("binding-rules", (), State.NOT_YET, "later")
        if (claim.binding_rules, self.relation.roles) in _UNFIT_RULES:
            return self._tool("binding-rules", (), State.WRONG_MODULE, "kind")
        facts = (
            ("kind", _named(claim.binding_rules)),
            ("approval", "yes" if isinstance(claim.approved, date) else _named(claim.approval)),
            ("importer-bound", claim.importer_bound or "unknown"),
        )
        return self._tool("binding-rules", facts)

    def _authorisation(self, claim: Authorisation) -> Answer:
        if isinstance(claim.given, date) and claim.given > self.day:
            return self._tool("authorisation", (), State.NOT_YET, "later")
        facts: list[tuple[str, str | None]] = [("authorisation", _named(claim.authorisation))]
        if claim.of == "administrative-arrangement":
            facts.append(("both-public", self._both_public(None)))
        return self._tool("authorisation", facts)

    def _code(self, claim: CodeOfConduct) -> Answer:
        facts = (
            ("unnamed", _named(claim.code)),
            ("approval", _named(claim.approval)),
            ("commitments", claim.commitments or "unknown"),
        )
        return self._tool("code-of-conduct", facts)

    def _certification(self, claim: Certification) -> Answer:
        if isinstance(claim.issued, date) and claim.issued > self.day:
            return self._tool("certification", (), State.NOT_YET, "later")
        if isinstance(claim.until, date) and claim.until <= self.day:
            return self._tool("certification", (), State.ENDED, "expired")
        facts = (
            ("unnamed", _named(claim.certification)),
            ("certificate", _named(claim.certificate)),
            ("commitments", claim.commitments or "unknown"),
        )
        return self._tool("certification", facts)

    def _public_instrument(self, claim: PublicInstrument) -> Answer:
        both = self._both_public(claim.both_public)
        return self._tool("public-instrument", (("unnamed", _named(claim.public_instrument)), ("both-public", both)))

    def _both_public(self, said: str | None) -> str:
        public = (self.of.exporter_public, self.of.importer_public)
        return "no" if "no" in public else "yes" if public == ("yes", "yes") else said or "unknown"

    def _tool(self, name: str, facts: Facts, state: State | None = None, why: str = "") -> Answer:
        """Answer for a kind of instrument: not before the law knows it; then as the record says."""
        fact = self.law.tool(name)
        version = fact.on(self.day)
        if version is None:
            past = fact.latest_before(self.day)
            if past is None:
                return Answer(State.NOT_YET, fact=fact, version=fact.versions[0], why="not-yet")
            return Answer(State.ENDED, fact=fact, version=past, why="ended")
        if state is not None:
            return Answer(state, fact=fact, version=version, why=why)
        return self._ask(fact, version, facts) or Answer(State.COVERED, fact=fact, version=version)

    # Derogations (Art. 49)

    def _derogation(self, claim: Derogation) -> Answer:
        if claim.derogation == "unknown":
            return Answer(State.CONDITIONAL, why="unnamed")
        fact = self.law.derogation(claim.derogation)
        version = fact.on(self.day)
        if version is None:
            return Answer(State.ENDED, fact=fact, version=fact.latest_before(self.day), why="ended")
        said = self._said_of(claim)
        facts = [(one, said[one]) for one in version.value.conditions]
        return self._ask(fact, version, facts) or Answer(State.COVERED, fact=fact, version=version)

    def _said_of(self, claim: Derogation) -> dict[str, str | None]:
        """Say what the record tells of each condition that a derogation may have; `yes` speaks for it."""
        consent = claim.consent
        explicit = consent.explicit if known(consent) else "no" if consent == "none" else None
        exporter = (self.relation.roles or "")[:1]
        return {
            "explicit-consent": explicit or "unknown",
            "informed": claim.informed or "unknown",
            "public-powers": self._public_powers(claim),
            "recurring": _not(self.of.recurring or "unknown"),
            "provision": _named(claim.provision),
            "whole-register": _not(claim.whole_register or "unknown"),
            "controller": "no" if exporter == "P" else None,
            "reason": _named(claim.reason),
            "authority-informed": claim.authority_informed or "unknown",
            "safeguards": _named(claim.safeguards),
        }

    def _public_powers(self, claim: Derogation) -> str | None:
        """Tell whether Art. 49(3) leaves the derogation open: nothing is asked of who is no authority."""
        if claim.public_powers == "yes":
            return "no"
        if self.of.exporter_public in (None, "no"):
            return None
        return _not(claim.public_powers or "unknown")

    # What all judges share

    def _ask(self, fact: Dated[Any], version: Version[Any], facts: Facts, asks_as: str | None = None) -> Answer | None:
        """Answer with the first condition that is not met, else with the first whose fact is unknown.

        The questions are the version's own, else those of the kind of instrument that `asks_as` names.
        """
        facts = list(facts)
        for wanted, state in (("no", State.CONDITION_NOT_MET), ("unknown", State.CONDITIONAL)):
            for one, said in facts:
                if said == wanted:
                    return Answer(
                        state, fact=fact, version=version, why=one, question=self._question(version, one, asks_as)
                    )
        return None

    def _question(self, version: Version[Any], one: str, asks_as: str | None) -> Text:
        own = getattr(version.value, "conditions", {})
        left_out = getattr(version.value, "excludes", {})
        if one in left_out:
            what = left_out[one].what
            return what if isinstance(what, str) else {language: f"{each}?" for language, each in what.items()}
        conditions = own if one in own or asks_as is None else self.law.tool(asks_as).versions[-1].value.conditions
        question: Text = conditions[one].question
        return question

    def _open(self, tool: str, one: str) -> Answer:
        """Answer for an instrument that the record does not identify: no legal fact yet, one question."""
        version = self.law.tool(tool).versions[-1]
        return Answer(State.CONDITIONAL, why=one, question=version.value.conditions[one].question)


_UNFIT_RULES = {("controller", "P2P"), ("controller", "P2C"), ("processor", "C2C"), ("processor", "P2C")}
"""Rules for controllers do not serve what a processor exports; those for processors, no importer that is a controller."""


def _named(value: object) -> str:
    """Tell whether something is named: `yes`; said not to exist: `no`; or not known."""
    return "no" if value == "none" else "yes" if known(value) else "unknown"


def _not(fact: str) -> str:
    return {"yes": "no", "no": "yes"}.get(fact, fact)


def _listed(listed: Listing | str | None, day: date) -> str | None:
    """Tell whether a recipient stood on a list on a day, as far as the record says."""
    if not isinstance(listed, Listing):
        return listed
    if isinstance(listed.until, date) and day >= listed.until:
        return "no"
    if isinstance(listed.since, date) and day < listed.since:
        return "no"
    return "yes" if isinstance(listed.since, date) and listed.until != "unknown" else "unknown"

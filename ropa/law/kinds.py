"""The kinds of legal fact: territories, adequacy decisions, clauses, other tools, derogations, events, proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import model_validator

from ropa.law.dated import Dated, LawRecord, Source
from ropa.model import Roles
from ropa.model.base import Country, Day, Id, Line, Many, Text

__all__ = [
    "KINDS",
    "AdequacyFact",
    "AdequacyScope",
    "ClauseFact",
    "ClauseSet",
    "Condition",
    "DerogationFact",
    "DerogationLimits",
    "Duty",
    "DutyFact",
    "EventFact",
    "Exclusion",
    "Membership",
    "Number",
    "NumberFact",
    "ProposalFact",
    "TerritoryFact",
    "Tool",
    "ToolFact",
]


class Membership(LawRecord):
    """What a territory is to the area where data flow freely."""

    status: Literal["eu-member", "eea-efta", "eu-territory", "transition", "bridge", "overseas", "outside"]
    """Member State; EEA State; territory where the Treaties apply; United Kingdom after leaving; overseas
    country or territory of a Member State (Art. 355(2) TFEU); otherwise outside, though its State is inside."""

    @property
    def inside(self) -> bool:
        """Whether data flow there freely, without a ground of Chapter V."""
        return self.status not in ("overseas", "outside")


class TerritoryFact(Dated[Membership]):
    """A country or territory: what it was to the area where data flow freely, and when."""

    code: Country
    """ISO 3166-1 code."""
    part_of: Country | None = None
    """The State it belongs to."""


class Condition(LawRecord):
    """A fact on which it depends whether an instrument serves a transfer."""

    question: Text
    """The question that settles it. Of an adequacy decision's own, `yes` means that it does."""


class Exclusion(LawRecord):
    """Whom or what an adequacy decision leaves out."""

    what: Text
    """Whom or what."""
    public_authorities: bool = False
    """Whether it is about public authorities, which the importer's own record tells."""


class AdequacyScope(LawRecord):
    """What an adequacy decision covers."""

    covers: Text
    """Whom or what it covers."""
    list: Line | None = None
    """The list on which a recipient must stand to be covered."""
    personnel_listed: bool = False
    """Whether personnel data are covered only where the recipient's entry on the list says so."""
    conditions: Mapping[Id, Condition] = {}
    """Further facts it depends on."""
    excludes: Mapping[Id, Exclusion] = {}
    """What it leaves out."""


class AdequacyFact(Dated[AdequacyScope]):
    """An adequacy decision (Art. 45)."""

    of: Country | None = None
    """The country or territory it is about."""
    organisation: Line | None = None
    """The international organisation it is about."""
    known_as: Many[Line] = ()
    """Other names of that organisation, by which a register may call it."""
    regime: Literal["gdpr", "led"] = "gdpr"
    """The GDPR, or Directive (EU) 2016/680."""

    @model_validator(mode="after")
    def _about_one(self) -> Self:
        if (self.of is None) == (self.organisation is None):
            raise ValueError("a decision is about a country (`of`) or about an `organisation`: give one of them")
        return self


class ClauseSet(LawRecord):
    """A set of standard clauses. Its version's interval says when it could be *concluded*."""

    roles: Many[Roles]
    """The relations it fits."""
    onward_roles: Many[Roles] = ()
    """Further relations it fits where the exporter is itself in a third country."""
    modules: Mapping[Line, Roles] = {}
    """Module by number, and the relation each fits."""
    relied_on_until: Day | None = None
    """First day on which contracts already concluded could no longer be *relied on*."""
    needs_unchanged_processing: bool = False
    """Whether that holds only while the processing stays as it was."""
    covers_art28: Many[Line] = ()
    """Modules that serve as a processor contract too (Art. 28(7))."""


class ClauseFact(Dated[ClauseSet]):
    """Standard contractual clauses (Art. 46(2)(c), (d)) or those of another regime."""

    regime: Literal["gdpr", "uk", "ch"] = "gdpr"
    """Whose law knows them."""
    transfer_tool: bool = True
    """Whether they are a tool for transfers at all."""


class Tool(LawRecord):
    """A kind of instrument: where the GDPR knows it, and what has to be true for a transfer to rest on it."""

    article: Line
    """The provision: `46(2)(b)`."""
    conditions: Mapping[Id, Condition] = {}
    """What it depends on, in the order in which it is asked."""


class ToolFact(Dated[Tool]):
    """A kind of instrument over time."""


class DerogationLimits(Tool):
    """A derogation for specific situations, and its limits."""

    occasional: Literal["text", "recital", "guidance"]
    """What keeps it from serving a recurring transfer: the Article, recital 111, or guidance alone."""


class DerogationFact(Dated[DerogationLimits]):
    """A derogation (Art. 49) over time."""


class Number(LawRecord):
    """A number that the law fixes."""

    number: int
    """The number."""
    unit: Literal["years of age", "persons", "years", "weeks"]
    """What it counts."""


class NumberFact(Dated[Number]):
    """A number over time."""


class Duty(LawRecord):
    """A duty that began on a day of its own, apart from the day on which the GDPR applies."""

    asks: Text
    """What it asks."""


class DutyFact(Dated[Duty]):
    """A duty over time."""


class EventFact(LawRecord):
    """Something that happened on a day and dates what was assessed before it."""

    name: Text
    """What happened."""
    of: Country | None = None
    """The country whose law or practice it concerns; all, if None."""
    day: Day
    """When."""
    source: Source
    """Where that is known from."""
    checked: Day
    """The day somebody last compared it with its source."""
    confidence: Literal["high", "medium", "low"]
    """How well the source was seen."""
    note: Text | None = None
    """What a reader should know."""


class ProposalFact(LawRecord):
    """A proposal of law. It changes no answer, and stands apart from the law in force for that reason."""

    name: Text
    """Its name."""
    would: Text
    """What it would change."""
    since: Day
    """The day it was proposed."""
    status: Text
    """How far it had come when it was checked."""
    source: Source
    """The proposal."""
    checked: Day
    """The day somebody last looked."""
    confidence: Literal["high", "medium", "low"]
    """How well the source was seen."""


KINDS: dict[str, type[LawRecord]] = {
    "adequacy": AdequacyFact,
    "clauses": ClauseFact,
    "tools": ToolFact,
    "derogations": DerogationFact,
    "territory": TerritoryFact,
    "duties": DutyFact,
    "numbers": NumberFact,
    "events": EventFact,
    "proposals": ProposalFact,
}
"""The kinds by the folder that holds them."""

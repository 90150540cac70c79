"""The kinds of legal fact: membership of a territory, adequacy decisions, sets of clauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ropa.law.dated import Dated, LawRecord
from ropa.model.base import Country, Day, Id, Line, Many, Text

__all__ = [
    "AdequacyFact",
    "AdequacyScope",
    "ClauseFact",
    "ClauseSet",
    "Condition",
    "Duty",
    "DutyFact",
    "Membership",
    "TerritoryFact",
]

Roles = Literal["C2C", "C2P", "P2P", "P2C"]
"""Exporter to importer: controller (C) or processor (P)."""


class Membership(LawRecord):
    """What a territory is to the GDPR's area while it counts as inside it."""

    status: Literal["eu-member", "eea-efta", "eu-territory", "transition", "bridge"]
    """Member State; EEA State; territory of a Member State; United Kingdom after leaving."""


class TerritoryFact(Dated[Membership]):
    """A country or territory: when it counted as inside the area where data flow freely."""

    code: Country
    """ISO 3166-1 code."""
    part_of: Country | None = None
    """The State it belongs to."""


class Condition(LawRecord):
    """A fact on which a decision covers a recipient or not."""

    question: Text
    """The question that settles it; `yes` means covered."""


class AdequacyScope(LawRecord):
    """What an adequacy decision covers."""

    covers: Text
    """Whom or what it covers."""
    list: Line | None = None
    """The list on which a recipient must stand to be covered."""
    conditions: Mapping[Id, Condition] = {}
    """Further facts it depends on."""
    excludes: Many[Text] = ()
    """What it leaves out."""


class AdequacyFact(Dated[AdequacyScope]):
    """An adequacy decision (Art. 45)."""

    of: Country | None = None
    """The country or territory it is about."""
    organisation: Line | None = None
    """The international organisation it is about."""
    regime: Literal["gdpr", "led"] = "gdpr"
    """The GDPR, or Directive (EU) 2016/680."""


class ClauseSet(LawRecord):
    """A set of standard clauses. Its version's interval says when it could be *concluded*."""

    roles: Many[Roles]
    """The relations it fits."""
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


class Duty(LawRecord):
    """A duty that began on a day of its own, apart from the day on which the GDPR applies."""

    asks: Text
    """What it asks."""


class DutyFact(Dated[Duty]):
    """A duty over time."""

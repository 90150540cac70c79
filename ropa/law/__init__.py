"""What the law was on a given day: dated facts with their sources, and questions to them."""

from __future__ import annotations

from ropa.law.dated import GDPR_APPLIES, Dated, Ending, LawRecord, Pending, Source, Version
from ropa.law.kinds import (
    KINDS,
    AdequacyFact,
    AdequacyScope,
    ClauseFact,
    ClauseSet,
    Condition,
    DerogationFact,
    EventFact,
    Exclusion,
    Membership,
    ProposalFact,
    TerritoryFact,
    ToolFact,
)
from ropa.law.law import Law
from ropa.law.overlay import Overlay
from ropa.law.states import Answer, Circumstances, Leg, Relation, Standing, State
from ropa.law.store import INSTRUMENTS

__all__ = [
    "GDPR_APPLIES",
    "INSTRUMENTS",
    "KINDS",
    "AdequacyFact",
    "AdequacyScope",
    "Answer",
    "Circumstances",
    "ClauseFact",
    "ClauseSet",
    "Condition",
    "Dated",
    "DerogationFact",
    "Ending",
    "EventFact",
    "Exclusion",
    "Law",
    "LawRecord",
    "Leg",
    "Membership",
    "Overlay",
    "Pending",
    "ProposalFact",
    "Relation",
    "Source",
    "Standing",
    "State",
    "TerritoryFact",
    "ToolFact",
    "Version",
]

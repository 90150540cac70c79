"""What the law was on a given day: dated facts with their sources, and questions to them."""

from __future__ import annotations

from ropa.law.dated import Dated, Ending, Source, Version
from ropa.law.kinds import AdequacyScope, ClauseSet, Condition, Membership
from ropa.law.store import GDPR_APPLIES, Law
from ropa.law.transfers import Answer, Standing, State, standing

__all__ = [
    "GDPR_APPLIES",
    "AdequacyScope",
    "Answer",
    "ClauseSet",
    "Condition",
    "Dated",
    "Ending",
    "Law",
    "Membership",
    "Source",
    "Standing",
    "State",
    "Version",
    "standing",
]

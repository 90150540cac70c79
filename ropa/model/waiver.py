"""A waiver: a finding that somebody of the organisation has accepted, with the reason, until a day."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from ropa.model.base import Day, Entry, Line, Text

__all__ = ["Waiver"]


class Waiver(Entry):
    """A finding that is accepted until a day: it stays in every output and counts for nothing until then."""

    rule: Line
    """The id of the rule whose finding is accepted: `TRF04`. One rule, never a family."""
    subject: Line
    """The record that the finding is about, exactly: `transfers.newsletters-to-us`, `activities.sales.purposes.mail`."""
    path: Line | None = None
    """The exact place within it, where the rule finds several: `transfers.newsletters-to-us.instruments[0]`."""
    reason: Text
    """Why it is accepted."""
    accepted_by: Text
    """Who accepted it: a name, or an office."""
    accepted_on: Day | None = None
    """The day on which it was accepted; before it, it does not hold."""
    until: Day
    """The last day on which it holds."""

    @model_validator(mode="after")
    def _holds_for_a_day(self) -> Waiver:
        """Refuse a waiver that would be over before it was accepted."""
        if self.accepted_on is not None and self.until < self.accepted_on:
            raise PydanticCustomError("over_before", "`until` must not be earlier than `accepted_on`")
        return self

    def begun(self, day: date) -> bool:
        """Tell whether it was accepted by a day."""
        return self.accepted_on is None or self.accepted_on <= day

    def lapsed(self, day: date) -> bool:
        """Tell whether its last day lies before a day."""
        return self.until < day

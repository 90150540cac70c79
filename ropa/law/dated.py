"""A legal fact over time: versions that each carry the act they come from.

Intervals are half-open: `start` is the first day, `end` the first day on which the version is no
longer in force. A gap between two versions means that nothing was in force. Two versions that
overlap cannot be written, nor a value without a source, nor an end without the act that ended it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ropa.model.base import Day, Line, Many, Text

__all__ = ["GDPR_APPLIES", "Dated", "Ending", "LawRecord", "Pending", "Source", "Version"]

GDPR_APPLIES = date(2018, 5, 25)
"""The day from which the GDPR applies (Art. 99(2))."""

V = TypeVar("V", bound="LawRecord")

Words = Mapping[str, str]


class LawRecord(BaseModel):
    """A piece of law data: frozen, and closed to fields that nobody knows."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Source(LawRecord):
    """The act that a value comes from."""

    act: Line
    """The act as lawyers cite it: `Implementing Decision (EU) 2016/1250`."""
    at: Line | None = None
    """The provision within it."""
    oj: Line | None = None
    """Official Journal reference."""
    celex: Line | None = None
    """CELEX number."""
    href: Line | None = None
    """Address of the text."""


class Ending(Source):
    """The act that ended a version, and how.

    `invalid`: declared invalid by the Court, in principle from the beginning. `repealed`: without
    retroactive effect (Art. 45(5)). `expired`: by its own date. `accession`: the country joined.
    `superseded`: replaced by the next version. `supposed`: nothing ended it; somebody asks what if.
    """

    how: Literal["invalid", "repealed", "expired", "accession", "withdrawal", "superseded", "supposed"]
    name: Line | None = None
    """The name of a case."""
    ecli: Line | None = None
    """European case law identifier."""


class Pending(LawRecord):
    """A proceeding or a proposal that may change the fact. It changes nothing yet."""

    threatens: bool = True
    """Whether it may end the fact, rather than extend it."""
    what: Text
    """What is pending."""
    since: Day | None = None
    """Since when."""
    source: Source
    """Where that is known from."""


class Version(LawRecord, Generic[V]):
    """One version of a legal fact, in force from `start` up to but not including `end`."""

    start: Day
    """First day in force."""
    certain: Day | None = None
    """First day on which it was certainly in force (publication), if that is later."""
    end: Day | None = None
    """First day no longer in force."""
    value: V
    """What was in force."""
    source: Source
    """The act it comes from."""
    ended_by: Ending | None = None
    """The act that ended it."""
    checked: Day
    """The day somebody last compared it with its source."""
    confidence: Literal["high", "medium", "low"]
    """How well the source was seen: the act itself, a secondary source, memory."""
    note: Text | None = None
    """What a reader should know."""

    def in_force(self, day: date) -> bool:
        """Tell whether this version was in force on a day."""
        return self.start <= day and (self.end is None or day < self.end)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise ValueError("`end` must be later than `start`")
        if (self.end is None) != (self.ended_by is None):
            raise ValueError("`end` and `ended_by` go together: who ended it?")
        if self.certain is not None and self.certain < self.start:
            raise ValueError("`certain` cannot be before `start`")
        if self.end is not None and self.ended_by is not None:
            if self.ended_by.how == "supposed":
                raise ValueError("`supposed` is for questions (`--without`), not for files")
            if self.ended_by.how in ("invalid", "repealed") and self.checked < self.end:
                raise ValueError(
                    f"nobody who looked on {self.checked} can have seen an end on {self.end}: correct `checked` or `end`"
                )
        return self


class Dated(LawRecord, Generic[V]):
    """A legal fact: its name and its versions in the order of time."""

    name: Text
    """Its name for people."""
    versions: Many[Version[V]] = Field(min_length=1)
    """What was in force when."""
    pending: Many[Pending] = ()
    """What may change it."""
    note: Text | None = None
    """What a reader should know."""

    def on(self, day: date) -> Version[V] | None:
        """Return the version in force on a day, or None."""
        return next((version for version in self.versions if version.in_force(day)), None)

    def latest_before(self, day: date) -> Version[V] | None:
        """Return the last version that had begun by a day, in force or not."""
        return next((version for version in reversed(self.versions) if version.start <= day), None)

    def supposed_ended(self, day: date) -> Self:
        """Return this fact as if it had ended on a day; as it is, if nothing was in force then."""
        kept = tuple(version for version in self.versions if version.start <= day)
        if not kept or (kept[-1].end is not None and kept[-1].end <= day):
            return self
        ending = Ending(how="supposed", act="supposition")
        last = kept[-1].model_copy(update={"end": day, "ended_by": ending})
        return self.model_copy(update={"versions": (*kept[:-1], last), "pending": ()})

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for at, (earlier, later) in enumerate(pairwise(self.versions), 1):
            if earlier.end is None or later.start < earlier.end:
                raise PydanticCustomError(
                    "overlap",
                    "the version of {later} begins before the one of {earlier} ends",
                    {"at": at, "later": str(later.start), "earlier": str(earlier.start)},
                )
        return self

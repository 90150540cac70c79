"""The register: one organisation's record of processing, and the things its records point at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ropa.model.activity import Activity, Rights, Service
from ropa.model.base import (
    Country,
    Day,
    Entry,
    Fact,
    Id,
    Language,
    Line,
    Many,
    NoneStated,
    NotTrue,
    Record,
    Ref,
    Text,
    Unknown,
    dates_in_order,
)
from ropa.model.party import Organisation, Party
from ropa.model.transfer import Transfer
from ropa.model.waiver import Waiver

__all__ = [
    "BY_ID",
    "FORMAT",
    "SECTIONS",
    "DataCategory",
    "DataSubjects",
    "Measure",
    "Notice",
    "NoticeContent",
    "Register",
    "System",
]

FORMAT = 1
"""The newest format of the register's text that this version reads."""

SpecialCategory = Literal[
    "racial-or-ethnic-origin", "political-opinions", "religious-or-philosophical-beliefs", "trade-union-membership",
    "genetic", "biometric", "health", "sex-life-or-orientation",
]  # fmt: skip
"""A special category of personal data (Art. 9(1))."""


class DataCategory(Entry):
    """A category of personal data (Art. 30(1)(c))."""

    name: Text
    """Its name: `contact details`."""
    description: Text | None = None
    """What belongs to it."""
    special: Many[SpecialCategory] | NoneStated | None = None
    """The special categories of Art. 9(1) it holds or reveals."""
    criminal: Fact | None = None
    """Whether it holds data on criminal convictions or offences (Art. 10)."""
    national_number: Fact | Country | None = None
    """Whether it holds a national identification number (Art. 87), or of which country (`yes`: the organisation's own)."""

    @property
    def numbered(self) -> bool:
        """Whether it holds a national identification number, of whatever country."""
        return self.national_number not in (None, "no", "unknown")


class DataSubjects(Entry):
    """A category of data subjects (Art. 30(1)(c))."""

    name: Text
    """Its name: `customers`."""
    description: Text | None = None
    """Who belongs to it."""
    children: Fact | None = None
    """Whether there are children among them."""
    employees: Fact | None = None
    """Whether they work for the organisation."""
    number: Annotated[int, Field(ge=0)] | Unknown | None = None
    """How many people there are, approximately: a breach notification asks for it (Art. 33(3)(a))."""


class Measure(Entry):
    """A technical or organisational security measure (Art. 30(1)(g), 32(1))."""

    name: Text
    """The measure, in general words: nothing that helps an attacker."""
    aims: Many[
        Literal[
            "pseudonymisation", "encryption", "confidentiality", "integrity", "availability", "resilience",
            "restoration", "testing",
        ]
    ] = ()  # fmt: skip
    """What it serves, in the words of Art. 32(1)(a)–(d)."""
    everywhere: Fact | None = None
    """Whether it applies to every activity and service, without being repeated there."""
    since: Day | None = None
    """First day it is in place."""
    until: Day | None = None
    """First day it no longer is."""

    _dates = model_validator(mode="after")(dates_in_order)


class System(Entry):
    """A system that holds personal data."""

    name: Text
    """Its name."""
    party: Ref.party | None = None
    """Who runs it, if not the organisation itself."""
    data: Many[Ref.data] | Unknown | None = None
    """The categories of data it holds."""


class NoticeContent(Record):
    """What a privacy notice tells (Art. 13, 14); what is absent here has not been compared."""

    purposes: Many[Line] | None = None
    """The purposes it names, as `activity.purpose`."""
    recipients: Many[Ref.party] | None = None
    """The recipients it names."""
    transfers: Many[Ref.transfer] | None = None
    """The transfers it names (Art. 13(1)(f))."""
    retention: Many[Ref.activity] | None = None
    """The activities whose retention it gives (Art. 13(2)(a))."""
    automated_decisions: Fact | None = None
    """Whether it explains the logic, significance and consequences of automated decisions (Art. 13(2)(f))."""


class Notice(Entry):
    """A privacy notice (Art. 13, 14)."""

    name: Text
    """Its title."""
    address: Line | None = None
    """Where it can be read."""
    dated: Day | Unknown | None = None
    """The day of this version."""
    data_subjects: Many[Ref.subject] | None = None
    """Whom it is for."""
    covers: NoticeContent | None = None
    """What it tells, where somebody has compared it with the record."""


class Register(Record):
    """A register of processing activities (Art. 30): what its files say, taken together."""

    ropa: Annotated[Literal[1], NotTrue]
    """The format it is written in: 1."""
    name: Text | None = None
    """A title."""
    language: Language = "en"
    """The language of texts that do not name theirs (ISO 639-1)."""
    controller: Organisation | None = None
    """The controller whose register this is (Art. 30(1)(a))."""
    processor: Organisation | None = None
    """The processor whose register this is (Art. 30(2)(a)); not needed if it is the controller too."""
    activities: Mapping[Id, Activity] = Field(default_factory=dict)
    """Processing activities under its responsibility (Art. 30(1))."""
    services: Mapping[Id, Service] = Field(default_factory=dict)
    """Processing carried out on behalf of controllers (Art. 30(2))."""
    parties: Mapping[Id, Party] = Field(default_factory=dict)
    """Every other organisation that plays a part."""
    transfers: Mapping[Id, Transfer] = Field(default_factory=dict)
    """Transfers to third countries and international organisations (Art. 44)."""
    data: Mapping[Id, DataCategory] = Field(default_factory=dict)
    """Categories of personal data."""
    data_subjects: Mapping[Id, DataSubjects] = Field(default_factory=dict)
    """Categories of data subjects."""
    measures: Mapping[Id, Measure] = Field(default_factory=dict)
    """Security measures (Art. 32)."""
    systems: Mapping[Id, System] = Field(default_factory=dict)
    """Systems that hold personal data."""
    notices: Mapping[Id, Notice] = Field(default_factory=dict)
    """Privacy notices."""
    waivers: Mapping[Id, Waiver] = Field(default_factory=dict)
    """Findings that somebody accepted, each for a reason and until a day."""
    rights: Rights | None = None
    """How the rights of data subjects are met, for all activities."""
    extension_schemas: Mapping[str, Line] = Field(default_factory=dict)
    """For each section, the JSON Schema file (beside the register) that its `extensions` must fit."""

    @property
    def keeper(self) -> Organisation | None:
        """The organisation whose register this is."""
        return self.controller or self.processor


SECTIONS: dict[str, type[Entry]] = {
    "activities": Activity,
    "services": Service,
    "parties": Party,
    "transfers": Transfer,
    "data": DataCategory,
    "data_subjects": DataSubjects,
    "measures": Measure,
    "systems": System,
    "notices": Notice,
}
"""The sections of a register that hold records by id."""

BY_ID: dict[str, type[Entry]] = {**SECTIONS, "waivers": Waiver}
"""Every section whose entries stand under ids: the records, and the waivers of what is found about them."""

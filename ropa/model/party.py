"""Who: the organisation that keeps the register, and every other party (Art. 4(7)–(10), 26–28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ropa.model.base import (
    Countries,
    Country,
    Day,
    Entry,
    Fact,
    Line,
    Many,
    NoneStated,
    Record,
    Ref,
    Text,
    Unknown,
    dates_in_order,
)

__all__ = ["Certificate", "Contact", "Contract", "Organisation", "Party", "Person", "Role", "SubProcessing"]

Role = Literal[
    "controller", "joint-controller", "processor", "sub-processor", "public-authority", "internal", "unknown"
]
"""What a party is to the one who keeps the register: a controller of its own (Art. 4(7)), a joint
controller (26), a processor (4(8)), a processor's processor (28(2)), an authority that receives data
by law, or a department within the organisation."""


class Contact(Record):
    """Contact details, as Art. 30(1)(a) and 30(2)(a) ask for them. One is enough to be reached."""

    address: Text | None = None
    """Postal address."""
    email: Line | None = None
    """E-mail address."""
    phone: Line | None = None
    """Telephone number."""
    website: Line | None = None
    """Address of a website or contact form."""

    @property
    def reachable(self) -> bool:
        """Whether at least one way to reach it is stated."""
        return bool(self.address or self.email or self.phone or self.website)


class Person(Record):
    """A representative (Art. 27) or a data protection officer (Art. 37)."""

    name: Text
    """Name of the person, function or firm."""
    country: Country | None = None
    """Where it is established."""
    contact: Contact | NoneStated | None = None
    """How it can be reached."""
    notified: Fact | None = None
    """DPO: whether the supervisory authority was told (Art. 37(7))."""
    published: Fact | None = None
    """DPO: whether the contact details are published (Art. 37(7))."""
    other_role: Literal[
        "management", "finance", "it", "personnel", "marketing", "legal-representative", "other", "none", "unknown"
    ] | None = None  # fmt: skip
    """DPO: another role in the organisation (Art. 38(6))."""


class Organisation(Entry):
    """The controller or processor whose register this is (Art. 30(1)(a), 30(2)(a))."""

    name: Text
    """Its name, as registered."""
    country: Country | Unknown | None = None
    """Where it is established."""
    contact: Contact | NoneStated | None = None
    """How it can be reached."""
    representative: Person | NoneStated | None = None
    """Its representative in the Union (Art. 27), if it is not established there."""
    dpo: Person | NoneStated | None = None
    """Its data protection officer (Art. 37)."""
    public_authority: Fact | None = None
    """Whether it is a public authority or body."""
    employees: Annotated[int, Field(ge=0)] | Unknown | None = None
    """How many persons it employs (Art. 30(5))."""
    automated_staff: Annotated[int, Field(ge=0)] | Unknown | None = None
    """How many persons are constantly occupied with automated processing (Germany: § 38(1) BDSG)."""
    targets_union: Fact | None = None
    """Not established in the Union: whether it offers goods or services to people there or monitors them (Art. 3(2))."""
    representative_exempt: Text | NoneStated | None = None
    """Why no representative is needed (Art. 27(2))."""
    works_council: Text | NoneStated | None = None
    """The works council's consent to rules on personnel data, where there is a council; `none` if there is none."""


class SubProcessing(Record):
    """What the contract allows the processor to pass on (Art. 28(2), 28(4))."""

    authorisation: Literal["specific", "general", "none", "unknown"] | None = None
    """The controller's written authorisation: for named sub-processors, or in general."""
    objection: Fact | None = None
    """General authorisation: whether the controller is told of changes and may object."""
    same_obligations: Fact | None = None
    """Whether the same obligations bind the sub-processor (Art. 28(4))."""


class Contract(Record):
    """The contract or other legal act that binds a processor (Art. 28(3))."""

    kind: Literal["contract", "standard-clauses", "legal-act", "unknown"] | None = None
    """A contract of the parties' own, the clauses of a Commission decision, or another legal act."""
    signed: Day | Unknown | None = None
    """The day it was concluded."""
    until: Day | None = None
    """The first day on which it no longer binds."""
    reference: Text | None = None
    """Where it is kept: file number, address."""
    terms: Mapping[
        Literal[
            "subject-matter", "duration", "nature-and-purpose", "data-and-subjects", "instructions", "confidentiality",
            "security", "sub-processors", "rights", "assistance", "deletion-or-return", "audit",
        ],
        Fact,
    ] | None = None  # fmt: skip
    """Which of the items of Art. 28(3) it sets out."""
    sub_processing: SubProcessing | NoneStated | None = None
    """Whether the processor may engage others."""


class Certificate(Record):
    """A certificate that a party holds: of information security, or of a transfer framework's list."""

    scheme: Line
    """The scheme: `ISO/IEC 27001`."""
    since: Day | Unknown | None = None
    """First day it is valid."""
    until: Day | Unknown | None = None
    """First day it is no longer valid."""
    reference: Text | None = None
    """Number or address of the certificate."""

    _dates = model_validator(mode="after")(dates_in_order)


class Party(Entry):
    """Any other organisation: who it is stands here once; activities and transfers point at it."""

    name: Text
    """Its name; `unknown` where only its kind is known (then say what it does in `description`)."""
    description: Text | None = None
    """What it is or does: `hosting provider`. The *category of recipient* of Art. 30(1)(d)."""
    role: Role | None = None
    """What it is to the one who keeps the register."""
    country: Country | Unknown | None = None
    """Where it is established."""
    processes_in: Countries | Unknown | None = None
    """Where it stores or otherwise processes the data, if elsewhere; remote access counts."""
    international_organisation: Fact | None = None
    """Whether it is an international organisation (Art. 4(26)), which is no country."""
    public_authority: Fact | None = None
    """Whether it is a public authority or body."""
    parent: Ref.party | None = None
    """The party that controls it."""
    contact: Contact | NoneStated | None = None
    """How it can be reached (Art. 30(2)(a) asks this of each controller)."""
    representative: Person | NoneStated | None = None
    """Its representative in the Union (Art. 27)."""
    dpo: Person | NoneStated | None = None
    """Its data protection officer."""
    contract: Contract | NoneStated | None = None
    """The contract that binds it as a processor (Art. 28(3))."""
    own_purposes: Fact | None = None
    """A processor: whether it also processes the data for purposes of its own (Art. 28(10))."""
    guarantees: Text | NoneStated | None = None
    """A processor: how its guarantees were verified (Art. 28(1))."""
    sub_processors: Many[Ref.party] | NoneStated | None = None
    """The processors that it engages in turn (Art. 28(2))."""
    certificates: Many[Certificate] = ()
    """Certificates it holds."""
    since: Day | None = None
    """First day of the relation."""
    until: Day | None = None
    """First day on which there is none any more."""

    _dates = model_validator(mode="after")(dates_in_order)

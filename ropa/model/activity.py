"""What is done: processing activities (Art. 30(1)) and services for controllers (Art. 30(2))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import model_validator

from ropa.model.base import (
    Day,
    Entry,
    Fact,
    Id,
    Line,
    Many,
    NoneStated,
    Period,
    Record,
    Ref,
    Text,
    Unknown,
    dates_in_order,
)
from ropa.model.basis import Assessment, AutomatedDecision, CriminalData, LegalBasis, SpecialCondition

__all__ = [
    "Activity",
    "Cookie",
    "Criterion",
    "Dpia",
    "ElectronicMarketing",
    "Exemption",
    "JointControl",
    "NoticeExemption",
    "Purpose",
    "Recipient",
    "Retention",
    "Right",
    "RightOffered",
    "Rights",
    "Service",
    "SourceOfData",
]

Right = Literal[
    "information", "access", "rectification", "erasure", "restriction", "portability", "objection",
    "objection-to-direct-marketing", "withdrawal-of-consent", "human-intervention", "complaint",
]  # fmt: skip
"""A right of the data subject (Art. 7(3), 12–22, 77)."""


class RightOffered(Record):
    """How a right of data subjects is met, or why not."""

    offered: Fact
    """Whether it is granted."""
    how: Text | None = None
    """How it is exercised."""
    reason: Text | None = None
    """If it is not granted: the exception relied on (Art. 17(3), 20(3), 23, 89)."""


Rights = Mapping[Right, RightOffered]


class ElectronicMarketing(Record):
    """Direct marketing by electronic mail without consent, to own customers (ePrivacy Directive Art. 13(2))."""

    own_customers: Fact | None = None
    """Whether the address was obtained in the context of a sale."""
    similar_products: Fact | None = None
    """Whether it is about the organisation's own similar products or services."""
    opt_out: Fact | None = None
    """Whether the customer could object free of charge, then and with each message."""


class Purpose(Entry):
    """A purpose of an activity, with its legal basis (Art. 30(1)(b), 6(1))."""

    name: Text
    """The purpose: what is done, for whom and to what end."""
    data_subjects: Many[Ref.subject] | None = None
    """The people it concerns, if not all of the activity's."""
    data: Many[Ref.data] | None = None
    """The data it needs, if not all of the activity's."""
    legal_basis: LegalBasis | Many[LegalBasis] | Unknown | None = None
    """Its legal basis (Art. 6(1)); a list only if the organisation truly claims several."""
    special_categories: Many[SpecialCondition] | NoneStated | None = None
    """The conditions of Art. 9(2) relied on, where special categories of data are processed."""
    criminal_data: CriminalData | NoneStated | None = None
    """The ground under Art. 10, where data on convictions or offences are processed."""
    national_number: Text | NoneStated | None = None
    """The law that allows a national identification number to be used (Art. 87)."""
    electronic_marketing: ElectronicMarketing | NoneStated | None = None
    """Direct marketing by e-mail, SMS or app message (ePrivacy Directive Art. 13); `none` if there is none."""
    further: Fact | None = None
    """Whether the data were first collected for another purpose (Art. 6(4))."""
    compatibility: Assessment | NoneStated | None = None
    """The assessment of compatibility, for a further purpose."""

    @property
    def bases(self) -> tuple[LegalBasis, ...]:
        """The legal bases that are stated; none if the field is absent or `unknown`."""
        if self.legal_basis is None or self.legal_basis == "unknown":
            return ()
        return self.legal_basis if isinstance(self.legal_basis, tuple) else (self.legal_basis,)


class Recipient(Record):
    """A recipient of an activity, with what it gets if that is not everything."""

    party: Ref.party
    """Who receives."""
    data: Many[Ref.data] | None = None
    """What it receives, if not all of the activity's data."""
    purposes: Many[Id] | None = None
    """For which of the activity's purposes, if not all."""
    description: Text | None = None
    """What it does with them in this activity."""


class SourceOfData(Record):
    """Where the data come from (Art. 14(2)(f))."""

    kind: Literal["data-subject", "observation", "third-party", "public-source", "derived", "unknown"]
    """Given by the data subject, observed of them, or from elsewhere."""
    party: Ref.party | None = None
    """The third party they come from."""
    description: Text | None = None
    """More about it."""


class Retention(Record):
    """An envisaged time limit for erasure (Art. 30(1)(f))."""

    data: Many[Ref.data] | None = None
    """The categories of data it is for, if not all of the activity's."""
    data_subjects: Many[Ref.subject] | None = None
    """The people it is for, if not all of the activity's."""
    period: Period | Unknown | None = None
    """How long, as an ISO 8601 duration."""
    start: Text | Unknown | None = None
    """The event it runs from: `end of the contract`, `last contact`."""
    ground: Text | None = None
    """The provision or reason for this period."""
    criteria: Text | None = None
    """Where no period can be given: the criteria by which it is determined."""
    until_objection: Fact | None = None
    """Whether the data go at once when the data subject objects or withdraws."""
    archiving: Fact | None = None
    """Whether the data are kept longer for archiving, research or statistics (Art. 5(1)(e), 89)."""
    safeguards: Text | NoneStated | None = None
    """Archiving: the safeguards of Art. 89(1)."""


class Cookie(Entry):
    """Storing or reading something on the user's device (ePrivacy Directive Art. 5(3))."""

    name: Text
    """What it is."""
    kind: Literal["technical", "functional", "analytics", "tracking", "unknown"] | None = None
    """What it is for."""
    party: Ref.party | None = None
    """Who places or reads it, if not the organisation itself."""
    consent: Fact | None = None
    """Whether it waits for consent."""
    exempt: Text | NoneStated | None = None
    """Why it needs no consent."""
    lifetime: Period | Literal["session", "unknown"] | None = None
    """How long it stays on the device."""
    refusal: Text | None = None
    """How the user can refuse or remove it."""


class NoticeExemption(Record):
    """Why data subjects need not be informed (Art. 13(4), 14(5))."""

    point: Literal["13(4)", "14(5)(a)", "14(5)(b)", "14(5)(c)", "14(5)(d)", "unknown"]
    """The exemption relied on."""
    reason: Text | Unknown | None = None
    """Why it applies, and how the data subjects are protected all the same."""


class JointControl(Record):
    """Controllers who determine purposes and means together (Art. 26)."""

    parties: Many[Ref.party]
    """The joint controllers, besides the one whose register this is."""
    arrangement: Assessment | NoneStated | None = None
    """The arrangement between them."""
    law: Text | None = None
    """The Union or Member State law that lays down the responsibilities instead (Art. 26(1))."""
    essence_available: Fact | None = None
    """Whether its essence is available to the data subjects (Art. 26(2))."""


Criterion = Literal[
    "evaluation", "automated-decisions", "monitoring", "sensitive-data", "large-scale", "matching", "vulnerable-people",
    "innovative-use", "prevents-exercising-a-right",
]  # fmt: skip
"""A criterion for a likely high risk (WP248 rev.01)."""


class Exemption(Record):
    """The claim that Art. 30(5) frees an activity from the record, with the facts it needs."""

    occasional: Fact | None = None
    """Whether the processing is occasional."""
    risk: Fact | None = None
    """Whether it is likely to result in a risk to the data subjects."""


class Dpia(Record):
    """A data protection impact assessment (Art. 35)."""

    done: Day | Unknown | None = None
    """The day it was done or last reviewed."""
    required: Fact | None = None
    """Whether the processing is likely to result in a high risk."""
    reason: Text | None = None
    """Why it is, or is not, required."""
    reference: Text | None = None
    """Where it is kept."""
    dpo_advice: Fact | None = None
    """Whether the data protection officer's advice was sought (Art. 35(2))."""
    criteria: Mapping[Criterion, Fact] | None = None
    """The screening by the nine criteria of WP248: which of them apply."""
    large_scale: Fact | None = None
    """Whether the processing is on a large scale (Art. 35(3)(b), (c), recital 91)."""
    public_monitoring: Fact | None = None
    """Whether it monitors a publicly accessible area systematically (Art. 35(3)(c))."""
    significant_decisions: Fact | None = None
    """Whether an extensive evaluation of people leads to decisions with legal or similar effect (Art. 35(3)(a))."""
    national_list: Text | NoneStated | None = None
    """The item of the supervisory authority's list (Art. 35(4)) that it matches."""
    contents: Mapping[Literal["description", "necessity", "risks", "measures"], Fact] | None = None
    """What the assessment contains (Art. 35(7)(a)–(d))."""
    residual_risk: Literal["low", "medium", "high", "unknown"] | None = None
    """The risk that remains; if high, the authority is consulted first (Art. 36)."""
    consulted: Day | NoneStated | None = None
    """The day the supervisory authority was consulted."""


class Activity(Entry):
    """A processing activity: one row of the record of Art. 30(1)."""

    name: Text
    """Its name."""
    description: Text | None = None
    """What happens, in a few words."""
    owner: Text | None = None
    """Who answers for it within the organisation."""
    joint_control: JointControl | NoneStated | None = None
    """Joint controllers (Art. 30(1)(a), 26)."""
    purposes: Mapping[Id, Purpose] | Unknown | None = None
    """Its purposes (Art. 30(1)(b))."""
    data_subjects: Many[Ref.subject] | Unknown | None = None
    """The categories of data subjects (Art. 30(1)(c)); a purpose may name some of them."""
    data: Many[Ref.data] | Unknown | None = None
    """The categories of personal data (Art. 30(1)(c))."""
    sources: Many[SourceOfData] | Unknown | None = None
    """Where the data come from (Art. 14(2)(f))."""
    recipients: Many[Ref.party | Recipient] | NoneStated | None = None
    """Who the data are disclosed to, processors included (Art. 30(1)(d), 4(9)); `none` if to nobody."""
    transfers: Many[Ref.transfer] | NoneStated | None = None
    """Transfers to third countries (Art. 30(1)(e)); those to its recipients need not be repeated."""
    retention: Many[Retention] | NoneStated | None = None
    """The time limits for erasure (Art. 30(1)(f))."""
    measures: Many[Ref.measure] | NoneStated | None = None
    """Security measures (Art. 30(1)(g)), besides those that apply everywhere."""
    systems: Many[Ref.system] | Unknown | None = None
    """The systems that hold the data."""
    cookies: Mapping[Id, Cookie] | NoneStated | None = None
    """What is stored on or read from the users' devices."""
    core: Fact | None = None
    """Whether it is one of the organisation's core activities (Art. 37(1)(b), (c))."""
    exemption: Exemption | None = None
    """The claim that Art. 30(5) frees it from the record."""
    law_enforcement: Fact | None = None
    """Whether a competent authority does it to prevent, investigate or prosecute offences: then Directive (EU)
    2016/680 applies, not the GDPR (Art. 2(2)(d))."""
    profiling: Fact | None = None
    """Whether personal aspects are evaluated automatically (Art. 4(4))."""
    automated_decisions: Many[AutomatedDecision] | NoneStated | None = None
    """Decisions by automated means alone (Art. 22)."""
    dpia: Dpia | NoneStated | None = None
    """The data protection impact assessment (Art. 35)."""
    rights: Rights | None = None
    """Rights, where they differ from the register's."""
    notices: Many[Ref.notice] | NoneStated | None = None
    """The privacy notices that cover it (Art. 13, 14)."""
    notice_exemption: NoticeExemption | None = None
    """Why people need not be informed, where that is claimed (Art. 13(4), 14(5))."""
    changed: Day | None = None
    """The day of the last change that matters to its assessments."""
    since: Day | None = None
    """First day of the processing."""
    until: Day | None = None
    """First day on which it no longer takes place."""
    reviewed: Day | None = None
    """The day somebody last reviewed this record."""

    _dates = model_validator(mode="after")(dates_in_order)

    def purpose_records(self) -> Mapping[str, Purpose]:
        """Return the purposes that are stated."""
        return self.purposes if isinstance(self.purposes, Mapping) else {}

    def recipient_ids(self) -> tuple[str, ...]:
        """Return the ids of the recipients that are stated."""
        if not isinstance(self.recipients, tuple):
            return ()
        return tuple(one.party if isinstance(one, Recipient) else one for one in self.recipients)


class Service(Entry):
    """What a processor does for controllers: one row of the record of Art. 30(2)."""

    name: Text
    """Its name."""
    description: Text | None = None
    """What happens, in a few words."""
    controllers: Many[Ref.party] | NoneStated | None = None
    """The controllers it is done for (Art. 30(2)(a)), each a party with contact details."""
    processing: Many[Text] | Unknown | None = None
    """The categories of processing carried out for them (Art. 30(2)(b)): `hosting`, `payroll`."""
    data_subjects: Many[Ref.subject] | Unknown | None = None
    """The people concerned."""
    data: Many[Ref.data] | Unknown | None = None
    """The data concerned."""
    sub_processors: Many[Ref.party] | NoneStated | None = None
    """The processors engaged in turn (Art. 28(2), 28(4))."""
    transfers: Many[Ref.transfer] | NoneStated | None = None
    """Transfers to third countries (Art. 30(2)(c)); those to its sub-processors need not be repeated."""
    measures: Many[Ref.measure] | NoneStated | None = None
    """Security measures (Art. 30(2)(d)), besides those that apply everywhere."""
    systems: Many[Ref.system] | Unknown | None = None
    """The systems that hold the data."""
    since: Day | None = None
    """First day of the service."""
    until: Day | None = None
    """First day on which it is no longer given."""
    reviewed: Day | None = None
    """The day somebody last reviewed this record."""
    reference: Line | None = None
    """Where the agreement is kept."""

    _dates = model_validator(mode="after")(dates_in_order)

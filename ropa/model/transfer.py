"""Data that leave the EEA: the transfer, and the instruments it rests on (Art. 44–49)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from ropa.model.base import (
    Countries,
    Day,
    Entry,
    Fact,
    Id,
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
from ropa.model.basis import Assessment, Consent

__all__ = [
    "Adequacy",
    "Authorisation",
    "BindingRules",
    "Certification",
    "Clauses",
    "CodeOfConduct",
    "Derogation",
    "Instrument",
    "Listing",
    "PublicInstrument",
    "Roles",
    "Transfer",
    "TransferAssessment",
]


Roles = Literal["C2C", "C2P", "P2P", "P2C"]
"""Exporter to importer: controller (C) or processor (P)."""


class Listing(Record):
    """How long a recipient stood on the list of a framework, and what for."""

    since: Day | Unknown | None = None
    """First day on the list."""
    until: Day | Unknown | None = None
    """First day no longer on it; absent while it stands there."""
    entity: Line | None = None
    """The exact legal entity that is listed."""
    hr_data: Fact | None = None
    """Whether the listing covers human resources data."""
    checked: Day | None = None
    """The day somebody last looked."""

    _dates = model_validator(mode="after")(dates_in_order)


class Adequacy(Record):
    """An adequacy decision of the Commission (Art. 45)."""

    adequacy: Id | Unknown
    """Which decision, by its name in the law data: `us-privacy-shield`, `gb`, `jp` (`ropa law instruments`)."""
    listed: Listing | Fact | None = None
    """Frameworks with a list: whether, or from when to when, the recipient is on it."""
    conditions: Mapping[Id, Fact] = Field(default_factory=dict)
    """The decision's other scope conditions and exclusions, answered: `{pipeda: yes, employment: no}`."""


class Clauses(Record):
    """Standard contractual clauses (Art. 46(2)(c), (d))."""

    clauses: Id | Unknown
    """Which set, by its name in the law data: `eu-2021-914`, `eu-2010-87`."""
    module: Annotated[Literal[1, 2, 3, 4, "unknown"], NotTrue] | None = None
    """Of the 2021 set: 1 controller to controller, 2 to processor, 3 processor to processor, 4 to its controller."""
    concluded: Day | Unknown | None = None
    """The day they were concluded."""
    unmodified: Fact | None = None
    """Whether the Commission's text was left as it is."""
    processing_unchanged: Fact | None = None
    """Older sets: whether the processing is still that of the day they were concluded."""


class BindingRules(Record):
    """Binding corporate rules (Art. 46(2)(b), 47)."""

    binding_rules: Literal["controller", "processor", "unknown"]
    """Rules for the group as controllers, or as processors."""
    approval: Text | NoneStated | None = None
    """Reference of the supervisory authority's approval."""
    approved: Day | Unknown | None = None
    """The day of the approval."""
    importer_bound: Fact | None = None
    """Whether the importer is a member bound by them."""


class Authorisation(Record):
    """Ad hoc clauses or an administrative arrangement, authorised by an authority (Art. 46(3))."""

    authorisation: Text | NoneStated
    """Reference of the authorisation."""
    of: Literal["contractual-clauses", "administrative-arrangement", "unknown"] | None = None
    """What was authorised."""
    by: Text | Unknown | None = None
    """The supervisory authority."""
    given: Day | Unknown | None = None
    """The day it was given."""


class CodeOfConduct(Record):
    """An approved code of conduct with binding commitments of the importer (Art. 46(2)(e))."""

    code: Text | Unknown
    """The code."""
    approval: Text | NoneStated | None = None
    """The act that approved it and gave it general validity (Art. 40(9))."""
    commitments: Fact | None = None
    """Whether the importer has made binding and enforceable commitments."""


class Certification(Record):
    """An approved certification with binding commitments of the importer (Art. 46(2)(f))."""

    certification: Text | Unknown
    """The scheme."""
    certificate: Text | NoneStated | None = None
    """Number of the certificate."""
    issued: Day | Unknown | None = None
    """The day it was issued."""
    until: Day | Unknown | None = None
    """First day it is no longer valid."""
    commitments: Fact | None = None
    """Whether the importer has made binding and enforceable commitments."""


class PublicInstrument(Record):
    """A legally binding instrument between public authorities (Art. 46(2)(a))."""

    public_instrument: Text | Unknown
    """The instrument."""
    both_public: Fact | None = None
    """Whether both sides are public authorities or bodies."""


class Derogation(Record):
    """A derogation for specific situations (Art. 49)."""

    derogation: Literal[
        "49(1)(a)", "49(1)(b)", "49(1)(c)", "49(1)(d)", "49(1)(e)", "49(1)(f)", "49(1)(g)",
        "49(1) second subparagraph", "unknown",
    ]  # fmt: skip
    """Which derogation."""
    reason: Text | Unknown | None = None
    """Why it applies: the contract, the claim, the public interest, the compelling interest."""
    consent: Consent | NoneStated | None = None
    """Point (a): the consent, which must be explicit."""
    informed: Fact | None = None
    """Point (a) and second subparagraph: whether the data subject was told of the risks, or of the transfer."""
    public_powers: Fact | None = None
    """Whether a public authority exports in the exercise of its public powers, which closes points (a), (b), (c)
    and the second subparagraph to it (Art. 49(3))."""
    provision: Text | Unknown | None = None
    """Point (d): the law that recognises the public interest (Art. 49(4))."""
    whole_register: Fact | None = None
    """Point (g): whether the whole register, or whole categories of it, are transferred (Art. 49(2))."""
    authority_informed: Fact | None = None
    """Second subparagraph: whether the supervisory authority was told."""
    safeguards: Text | NoneStated | None = None
    """Second subparagraph: the suitable safeguards, which Art. 30(1)(e) wants documented in the record."""


_KINDS = (
    "adequacy", "clauses", "binding_rules", "authorisation", "code", "certification", "public_instrument", "derogation",
)  # fmt: skip


def _kind(value: Any) -> str | None:
    """Tell the kind of instrument by the field that names it."""
    written = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return next((f"as {kind}" for kind in _KINDS if kind in written), None)


Instrument = Annotated[
    Annotated[Adequacy, Tag("as adequacy")]
    | Annotated[Clauses, Tag("as clauses")]
    | Annotated[BindingRules, Tag("as binding_rules")]
    | Annotated[Authorisation, Tag("as authorisation")]
    | Annotated[CodeOfConduct, Tag("as code")]
    | Annotated[Certification, Tag("as certification")]
    | Annotated[PublicInstrument, Tag("as public_instrument")]
    | Annotated[Derogation, Tag("as derogation")],
    Discriminator(
        _kind,
        custom_error_type="instrument",
        custom_error_message="a mapping with one of the fields " + ", ".join(_KINDS),
    ),
]
"""What a transfer rests on. Its kind is told by the field that names it."""


class TransferAssessment(Assessment):
    """The assessment of the third country's law and practice (C-311/18; clause 14; EDPB Rec. 01/2020)."""

    result: Literal["equivalent", "equivalent-with-measures", "not-equivalent", "unknown"] | None = None
    """Whether the protection is essentially equivalent, by itself or with supplementary measures."""
    measures: Many[Ref.measure] | NoneStated | None = None
    """The supplementary measures."""

    def made_by(self, day: date) -> bool:
        """Tell whether it was made by a day; a result without a day counts too."""
        return super().made_by(day) or (not isinstance(self.done, date) and self.result not in (None, "unknown"))


class Transfer(Entry):
    """A transfer of personal data to a third country or an international organisation (Art. 44)."""

    name: Text | None = None
    """A title, where the parties do not say enough."""
    exporter: Ref.party | None = None
    """Who sends: by default who engages the importer, the organisation itself or the processor before it."""
    to: Ref.party | Unknown
    """Who receives: the importer."""
    countries: Countries | Unknown | None = None
    """The third countries; by default where the importer is established and processes."""
    activities: Many[Ref.activity] | None = None
    """The activities it belongs to; by default all that have the importer as a recipient."""
    data: Many[Ref.data] | None = None
    """The categories of data that go; by default those of its activities."""
    recurring: Fact | None = None
    """Whether it happens regularly, rather than once or occasionally."""
    importer_under_gdpr: Fact | None = None
    """Whether the GDPR applies to the importer's own processing of the data (Art. 3(2))."""
    instruments: Many[Instrument] | NoneStated | None = None
    """What it rests on, in the order of preference: if the first falls, the next must hold."""
    assessment: TransferAssessment | NoneStated | None = None
    """The transfer impact assessment, which every instrument of Art. 46 wants."""
    since: Day | None = None
    """First day of the transfer."""
    until: Day | None = None
    """First day on which it no longer takes place."""

    _dates = model_validator(mode="after")(dates_in_order)

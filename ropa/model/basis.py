"""Why it may be done: the legal bases of Art. 6, and the conditions of Art. 9, 10 and 22."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ropa.model.base import Day, Fact, NoneStated, Record, Text, Unknown

__all__ = [
    "Assessment",
    "AutomatedDecision",
    "ChildConsent",
    "Consent",
    "ConsentBasis",
    "ContractBasis",
    "CriminalData",
    "LegalBasis",
    "LegalObligation",
    "LegitimateInterests",
    "PublicTask",
    "SpecialCondition",
    "VitalInterests",
]


class Assessment(Record):
    """A written assessment: of interests (Art. 6(1)(f)), of compatibility (6(4)), of a transfer."""

    done: Day | Unknown | None = None
    """The day it was done or last reviewed."""
    reference: Text | None = None
    """Where it is kept."""
    outcome: Text | None = None
    """What it found."""

    def made_by(self, day: date) -> bool:
        """Tell whether it was made by a day: it is dated by then, or says what it found or where it is kept."""
        if isinstance(self.done, date):
            return self.done <= day
        return self.outcome is not None or self.reference is not None


class ChildConsent(Record):
    """Consent of children to online services offered directly to them (Art. 8)."""

    minimum_age: Annotated[int, Field(ge=0)] | Unknown | None = None
    """From which age children consent themselves, in years."""
    parental: Fact | None = None
    """Whether, below the age of the law, who holds parental responsibility consents."""
    verification: Text | NoneStated | None = None
    """The reasonable efforts to verify that (Art. 8(2))."""


class Consent(Record):
    """What makes consent demonstrable and free (Art. 4(11), 7)."""

    proof: Text | NoneStated | None = None
    """How it is recorded who consented to what and when (Art. 7(1))."""
    withdrawal: Text | NoneStated | None = None
    """How it can be withdrawn (Art. 7(3))."""
    explicit: Fact | None = None
    """Whether it is given by an express statement."""
    conditional: Fact | None = None
    """Whether a service depends on it that does not need it (Art. 7(4))."""
    bundled: Fact | None = None
    """Whether one consent is asked for several purposes together (recital 32, 43)."""
    refusal: Text | NoneStated | None = None
    """What follows for somebody who refuses or withdraws; `none` if nothing does (Art. 7(4), recital 42)."""
    child: ChildConsent | NoneStated | None = None
    """Online services offered to children: from which age, and who consents below it (Art. 8); `none` if to none."""


class ConsentBasis(Record):
    """Consent of the data subject (Art. 6(1)(a))."""

    article: Literal["6(1)(a)"]
    """Consent."""
    consent: Consent | NoneStated | None = None
    """How it is obtained, recorded and withdrawn."""


class ContractBasis(Record):
    """Performance of a contract with the data subject, or steps before it (Art. 6(1)(b))."""

    article: Literal["6(1)(b)"]
    """Contract."""
    contract: Text | Unknown | None = None
    """Which contract."""
    data_subject_is_party: Fact | None = None
    """Whether the people whose data are processed are themselves a party to it."""
    at_request: Fact | None = None
    """Before a contract: whether the steps are taken at their request."""


class LegalObligation(Record):
    """A legal obligation of the controller (Art. 6(1)(c), 6(3))."""

    article: Literal["6(1)(c)"]
    """Legal obligation."""
    provision: Text | Unknown | None = None
    """The provision of Union or Member State law that lays it down: act and article."""
    law: Literal["union", "member-state", "third-country", "unknown"] | None = None
    """Whose law that is (Art. 6(3))."""


class VitalInterests(Record):
    """Vital interests of a natural person (Art. 6(1)(d))."""

    article: Literal["6(1)(d)"]
    """Vital interests."""
    reason: Text | Unknown | None = None
    """Whose life or safety, and from what."""


class PublicTask(Record):
    """A task in the public interest or official authority (Art. 6(1)(e), 6(3))."""

    article: Literal["6(1)(e)"]
    """Public task."""
    provision: Text | Unknown | None = None
    """The provision of Union or Member State law that lays down the task."""


class LegitimateInterests(Record):
    """Legitimate interests of the controller or a third party (Art. 6(1)(f))."""

    article: Literal["6(1)(f)"]
    """Legitimate interests."""
    interest: Text | Unknown | None = None
    """Which interest; the notice must name it too (Art. 13(1)(d))."""
    whose: Literal["controller", "third-party", "unknown"] | None = None
    """Whose interest it is."""
    assessment: Assessment | NoneStated | None = None
    """The balancing of that interest against those of the data subjects."""
    children_weighed: Fact | None = None
    """Whether that balancing weighs the interests of children expressly, where there are any."""
    public_task: Fact | None = None
    """A public authority: whether the processing is in the performance of its tasks (Art. 6(1), second subparagraph)."""


LegalBasis = Annotated[
    ConsentBasis | ContractBasis | LegalObligation | VitalInterests | PublicTask | LegitimateInterests,
    Field(discriminator="article"),
]
"""One legal basis, known by its place in Art. 6(1)."""


class SpecialCondition(Record):
    """What lifts the prohibition on special categories of data (Art. 9(2))."""

    condition: Literal[
        "9(2)(a)", "9(2)(b)", "9(2)(c)", "9(2)(d)", "9(2)(e)", "9(2)(f)", "9(2)(g)", "9(2)(h)", "9(2)(i)", "9(2)(j)",
        "unknown",
    ]  # fmt: skip
    """The point of Art. 9(2) relied on."""
    provision: Text | Unknown | None = None
    """The law it needs: points (b), (g), (h), (i) and (j)."""
    explicit_consent: Consent | NoneStated | None = None
    """Point (a): the consent, which must be explicit."""
    contract: Text | None = None
    """Point (h): the contract with a health professional, where there is no provision."""
    own_members: Fact | None = None
    """Point (d): whether the data stay within a body with a political, philosophical, religious or trade union aim."""
    secrecy: Fact | None = None
    """Point (h): whether whoever is responsible is bound to professional secrecy (Art. 9(3))."""


class CriminalData(Record):
    """On what ground data on convictions and offences are processed (Art. 10)."""

    official_authority: Fact | None = None
    """Whether it is done under the control of official authority."""
    provision: Text | Unknown | None = None
    """Otherwise, the law that authorises it."""


class AutomatedDecision(Record):
    """A decision by automated means alone, with legal or similarly significant effect (Art. 22)."""

    ground: Literal["22(2)(a)", "22(2)(b)", "22(2)(c)", "none", "unknown"] | None = None
    """Necessary for a contract, authorised by law, or explicit consent."""
    provision: Text | Unknown | None = None
    """Point (b): the law."""
    logic: Text | Unknown | None = None
    """The logic involved, in words a data subject understands (Art. 13(2)(f))."""
    consequences: Text | Unknown | None = None
    """What it means for the data subject."""
    human_intervention: Fact | None = None
    """Whether a human can step in and change the decision (Art. 22(3))."""
    own_view: Fact | None = None
    """Whether the data subject can express a point of view (Art. 22(3))."""
    contest: Fact | None = None
    """Whether the data subject can contest the decision (Art. 22(3))."""
    explicit_consent: Fact | None = None
    """Point (c): whether the consent is explicit."""
    special_ground: Literal["9(2)(a)", "9(2)(g)", "none", "unknown"] | None = None
    """Special categories: the condition relied on, which can only be one of these two (Art. 22(4))."""
    special_categories: Fact | None = None
    """Whether it uses special categories of data (Art. 22(4))."""

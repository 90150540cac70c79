"""A3002: a representative or data protection officer is named without contact details."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Contact, Organisation, Person
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3002", on=Organisation, severity=Severity.ERROR, cites=("GDPR 30(1)(a)", "GDPR 30(2)(a)"))
def other_party_contact_missing(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """The representative or the data protection officer is named without contact details."""
    for field, person in (("representative", organisation.representative), ("dpo", organisation.dpo)):
        if isinstance(person, Person) and not _reachable(person):
            yield Problem.on(field, "contact", says=field, person=person.name)


def _reachable(person: Person) -> bool:
    contact = person.contact
    if not isinstance(contact, Contact):
        return False
    return bool(contact.address or contact.email or contact.phone or contact.website)

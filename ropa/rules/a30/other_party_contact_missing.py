"""A3002: a joint controller, representative or data protection officer is named without contact details."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Contact, JointControl, Organisation, Person
from ropa.rules.rule import Context, Problem, Severity, rule

_ON: tuple[type[Organisation | JointControl], ...] = (Organisation, JointControl)


@rule("A3002", on=_ON, severity=Severity.ERROR, cites=("GDPR 30(1)(a)", "GDPR 30(2)(a)"))
def other_party_contact_missing(record: Organisation | JointControl, ctx: Context) -> Iterator[Problem]:
    """A joint controller, the representative or the data protection officer is named without contact details."""
    if isinstance(record, JointControl):
        for at, one in enumerate(record.parties):
            if not _reachable(ctx.register.parties[one].contact):
                yield Problem.on("parties", at, says="joint", person=ctx.party(one))
        return
    for field, person in (("representative", record.representative), ("dpo", record.dpo)):
        if isinstance(person, Person) and not _reachable(person.contact):
            yield Problem.on(field, "contact", says=field, person=person.name)


def _reachable(contact: Contact | str | None) -> bool:
    return isinstance(contact, Contact) and contact.reachable

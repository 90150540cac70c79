"""A3001: the organisation whose register this is is not named, or has no contact details."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Contact, Register
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3001", on=Register, severity=Severity.ERROR, cites=("GDPR 30(1)(a)", "GDPR 30(2)(a)"))
def controller_contact_missing(register: Register, ctx: Context) -> Iterator[Problem]:
    """The organisation whose register this is is not named, or has no contact details."""
    if register.keeper is None:
        yield Problem.on("ropa", says="nobody")
    elif register.controller is None and register.activities:
        yield Problem.on("activities", says="no-controller", cites=("GDPR 30(1)(a)",), number=len(register.activities))
    for name, paragraph in (("controller", 1), ("processor", 2)):
        organisation = getattr(register, name)
        if organisation is None:
            continue
        provision = {
            "en": f"30({paragraph})(a)",
            "nl": f"30 lid {paragraph} onder a",
            "de": f"30 Abs. {paragraph} lit. a",
            "fr": f"30, par. {paragraph}, point a)",
        }
        cites = (f"GDPR 30({paragraph})(a)",)
        if organisation.name == "unknown":
            yield Problem.on(name, "name", says="nameless", cites=cites, provision=provision)
        if not isinstance(organisation.contact, Contact) or not organisation.contact.reachable:
            called = ctx.called((name,))
            yield Problem.on(name, "contact", says="contact", cites=cites, organisation=called, provision=provision)

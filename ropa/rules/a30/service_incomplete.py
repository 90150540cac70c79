"""A3011: a processor's record lacks a controller, its contact details, or the processing done for it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Contact, Service, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3011", on=Service, severity=Severity.ERROR, cites=("GDPR 30(2)(a)", "GDPR 30(2)(b)"))
def service_incomplete(service: Service, ctx: Context) -> Iterator[Problem]:
    """A service names no controller, one without contact details, or no category of processing."""
    if not isinstance(service.controllers, tuple) or not service.controllers:
        yield Problem.on("controllers", says="controllers", service=ctx.called())
    else:
        for at, one in enumerate(service.controllers):
            contact = ctx.register.parties[one].contact
            if not isinstance(contact, Contact) or not contact.reachable:
                yield Problem.on("controllers", at, says="contact", service=ctx.called(), controller=ctx.party(one))
    if not known(service.processing) or not service.processing:
        yield Problem.on("processing", says="processing", service=ctx.called())

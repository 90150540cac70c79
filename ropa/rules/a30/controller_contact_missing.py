"""A3001: the organisation whose register this is has no contact details."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3001", on=Organisation, severity=Severity.ERROR, cites=("GDPR 30(1)(a)", "GDPR 30(2)(a)"))
def controller_contact_missing(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """The organisation whose register this is has no contact details."""
    details = organisation.contact
    if known(details) and (details.address or details.email or details.phone or details.website):
        return
    yield Problem.on("contact", organisation=organisation.name)

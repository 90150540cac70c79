"""DPO02: a data protection officer whom the authority or the public does not know."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, Person
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("DPO02", on=Organisation, severity=Severity.WARNING, cites=("GDPR 37(7)",))
def dpo_not_notified(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """The contact details of the officer are not published, or the supervisory authority was not told them."""
    if isinstance(organisation.dpo, Person):
        for field in ("notified", "published"):
            if getattr(organisation.dpo, field) in ("no", "unknown"):
                yield Problem.on("dpo", field, says=field, person=organisation.dpo.name, organisation=ctx.called())

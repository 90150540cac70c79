"""NID01: a Dutch national identification number without the law that prescribes its use."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import DataCategory, Purpose
from ropa.rules.nid import number_without_law
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement

_ON: tuple[type[Purpose | DataCategory], ...] = (Purpose, DataCategory)


@rule("NID01", on=_ON, severity=Severity.ERROR, cites=("GDPR 87", "UAVG 46(1)"), pack="NL", unless=for_law_enforcement)
def national_number_no_law(record: Purpose | DataCategory, ctx: Context) -> Iterator[Problem]:
    """A purpose uses a national identification number, and no law is named that provides for it."""
    authority = ctx.register.keeper is not None and ctx.register.keeper.public_authority == "yes"
    if authority and isinstance(record, Purpose) and record.national_number is None:
        return  # the law on the number itself allows it to bodies of government, for their tasks
    yield from number_without_law(record, ctx, "NL")

"""NID01: a Dutch national identification number without the law that prescribes its use."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import DataCategory, Purpose, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import activity_of, by_gdpr, data_of, elsewhere, in_use, trail

_ON: tuple[type[Purpose | DataCategory], ...] = (Purpose, DataCategory)


@rule("NID01", on=_ON, severity=Severity.ERROR, cites=("GDPR 87", "UAVG 46(1)"), pack="NL")
def national_number_no_law(record: Purpose | DataCategory, ctx: Context) -> Iterator[Problem]:
    """A purpose uses a national identification number, and no law is named that provides for it."""
    if isinstance(record, DataCategory):
        if record.national_number == "unknown" and in_use(ctx):
            yield Problem.on("national_number", says="undetermined", severity=Severity.WARNING, data=ctx.called())
        return
    activity, law = activity_of(ctx), record.national_number
    data = {one: data for one, data in data_of(record, activity, ctx).items() if data.national_number == "yes"}
    if not data or not by_gdpr(activity) or _has_law(record):
        return
    if law is None and ctx.register.keeper is not None and ctx.register.keeper.public_authority == "yes":
        return  # the law on the number itself allows it to bodies of government, for their tasks
    says = "unknown" if law == "unknown" else "none" if law == "none" else "missing"
    if says != "unknown" and elsewhere(record, activity, _has_law):
        says = "elsewhere"
    severity = Severity.WARNING if says in ("unknown", "elsewhere") else None
    yield Problem.on("national_number", says=says, severity=severity, trail=trail(data), purpose=ctx.called())


def _has_law(purpose: Purpose) -> bool:
    return known(purpose.national_number)

"""A3010: an activity or service has no description of its security measures."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Service, in_place
from ropa.rules.a30 import exempt
from ropa.rules.rule import Context, Problem, Severity, rule

_ON: tuple[type[Activity | Service], ...] = (Activity, Service)


@rule("A3010", on=_ON, severity=Severity.WARNING, cites=("GDPR 30(1)(g)", "GDPR 30(2)(d)", "GDPR 32(1)"), unless=exempt)
def security_missing(record: Activity | Service, ctx: Context) -> Iterator[Problem]:
    """An activity or service has no description of the security measures in place."""
    own = record.measures if isinstance(record.measures, tuple) else ()
    measures = [(one, measure) for one, measure in ctx.register.measures.items() if in_place(measure, ctx.day)]
    if not any(one in own or measure.everywhere == "yes" for one, measure in measures):
        service = isinstance(record, Service)
        cites = ("GDPR 30(2)(d)" if service else "GDPR 30(1)(g)", "GDPR 32(1)")
        yield Problem.on("measures", says="service" if service else "activity", cites=cites, activity=ctx.called())

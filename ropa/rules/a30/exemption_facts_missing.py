"""A3013: an exemption from the record without the facts that decide on it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Organisation, in_place, known
from ropa.rules.a30 import data_open, exemption_barred, facts_missing
from ropa.rules.rule import Context, Problem, Severity, rule

_ON: tuple[type[Activity | Organisation], ...] = (Activity, Organisation)


@rule("A3013", on=_ON, severity=Severity.WARNING, cites=("GDPR 30(5)",))
def exemption_facts_missing(record: Activity | Organisation, ctx: Context) -> Iterator[Problem]:
    """The exemption of Art. 30(5) is claimed, and the record leaves open a fact on which it depends."""
    if isinstance(record, Organisation):
        # One number for all activities: it is asked for once, and only where it could still matter.
        if record is ctx.register.keeper and not known(record.employees) and _any_claim(ctx):
            yield Problem.on("employees", says="employees", organisation=ctx.called())
    elif record.exemption is not None and exemption_barred(record, record.exemption, ctx) is None:
        missing = facts_missing(record.exemption)
        if missing:
            yield Problem.on("exemption", missing[0], says="-and-".join(missing), activity=ctx.called())
        if data_open(record, ctx):
            yield Problem.on("data", says="data", activity=ctx.called())


def _any_claim(ctx: Context) -> bool:
    """Tell whether an activity in place claims the exemption, and nothing else that is stated excludes it."""
    return any(
        one.exemption is not None and exemption_barred(one, one.exemption, ctx) is None
        for one in ctx.register.activities.values()
        if in_place(one, ctx.day)
    )

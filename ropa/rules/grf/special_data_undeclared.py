"""GRF09: special categories of data are held or handed on that no activity declares."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, System
from ropa.rules.grf import handed_undeclared, held_undeclared, is_special, listed
from ropa.rules.rule import Context, Problem, Severity, rule

_ON: tuple[type[Activity | System], ...] = (Activity, System)


@rule("GRF09", on=_ON, severity=Severity.WARNING, cites=("GDPR 9(1)", "GDPR 30(1)(c)"))
def special_data_undeclared(record: Activity | System, ctx: Context) -> Iterator[Problem]:
    """A system holds special categories, or a recipient gets them, and the activity does not list them."""
    if isinstance(record, System):
        held = [one for one in held_undeclared(record, ctx) if is_special(ctx, one)]
        if held:
            yield Problem.on("data", says="held", system=ctx.called(), data=listed(ctx, "data", held))
        return
    for at, entry, more in handed_undeclared(record):
        special = [one for one in more if is_special(ctx, one)]
        if special:
            yield Problem.on(
                "recipients", at, "data", says="handed",
                activity=ctx.called(), recipient=ctx.party(entry.party), data=listed(ctx, "data", special),
            )  # fmt: skip

"""SPC01: special categories of data without a condition of Art. 9(2)."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import DataCategory, Purpose
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import activity_of, data_of, elsewhere, for_law_enforcement, in_use, is_special, named, trail

_ON: tuple[type[Purpose | DataCategory], ...] = (Purpose, DataCategory)
_SAYS = {None: "missing", "none": "none", "unknown": "unknown"}


@rule("SPC01", on=_ON, severity=Severity.ERROR, cites=("GDPR 9(1)", "GDPR 9(2)"), unless=for_law_enforcement)
def art9_condition_missing(record: Purpose | DataCategory, ctx: Context) -> Iterator[Problem]:
    """A purpose uses special categories of data, and no condition is recorded that lifts the prohibition."""
    if isinstance(record, DataCategory):
        if record.special == "unknown" and in_use(ctx):
            yield Problem.on("special", says="undetermined", severity=Severity.WARNING, data=ctx.called())
        return
    activity, conditions = activity_of(ctx), record.special_categories
    if isinstance(conditions, tuple) and conditions:
        if not _has_condition(record):  # whatever its data are said to be
            at = ("special_categories", 0, "condition")
            yield Problem.on(*at, says="unnamed", severity=Severity.WARNING, purpose=ctx.called())
        return
    special = {one: data for one, data in data_of(record, activity, ctx).items() if is_special(data)}
    if special:
        says = "missing" if isinstance(conditions, tuple) else _SAYS[conditions]
        if says != "unknown" and elsewhere(record, activity, _has_condition):
            says = "elsewhere"
        severity = Severity.WARNING if says in ("unknown", "elsewhere") else None
        yield Problem.on(
            "special_categories",
            says=says,
            severity=severity,
            trail=trail(special),
            purpose=ctx.called(),
            data=named(special, ctx),
        )


def _has_condition(purpose: Purpose) -> bool:
    stated = purpose.special_categories
    return isinstance(stated, tuple) and any(one.condition != "unknown" for one in stated)

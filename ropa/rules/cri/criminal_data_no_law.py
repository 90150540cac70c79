"""CRI01: data on convictions or offences without a ground of Art. 10."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import CriminalData, DataCategory, Purpose, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import activity_of, data_of, elsewhere, for_law_enforcement, in_use, trail

_ON: tuple[type[Purpose | DataCategory], ...] = (Purpose, DataCategory)
_ASKS = ("unknown", "authority", "elsewhere")


@rule("CRI01", on=_ON, severity=Severity.ERROR, cites=("GDPR 10",), unless=for_law_enforcement)
def criminal_data_no_law(record: Purpose | DataCategory, ctx: Context) -> Iterator[Problem]:
    """A purpose uses data on convictions or offences, with neither official authority nor a law that authorises it."""
    if isinstance(record, DataCategory):
        if record.criminal == "unknown" and in_use(ctx):
            yield Problem.on("criminal", says="undetermined", severity=Severity.WARNING, data=ctx.called())
        return
    activity = activity_of(ctx)
    data = {one: data for one, data in data_of(record, activity, ctx).items() if data.criminal == "yes"}
    ground = record.criminal_data
    says = _gap(ground, ctx) if data or isinstance(ground, CriminalData) else None
    if (
        not isinstance(ground, CriminalData)
        and says in ("missing", "none")
        and elsewhere(record, activity, _has_ground)
    ):
        says = "elsewhere"
    if says is not None:
        at = ("criminal_data", "provision") if isinstance(ground, CriminalData) else ("criminal_data",)
        severity = Severity.WARNING if says in _ASKS else None
        yield Problem.on(*at, says=says, severity=severity, trail=trail(data), purpose=ctx.called())


def _gap(ground: CriminalData | str | None, ctx: Context) -> str | None:
    """Say what is missing of a ground. A public authority that states nothing may act under official authority."""
    if not isinstance(ground, CriminalData):
        controller = ctx.register.keeper
        authority = controller is not None and controller.public_authority == "yes"
        return ground or ("authority" if authority else "missing")
    if _holds(ground):
        return None
    return "unknown" if "unknown" in (ground.official_authority, ground.provision) else "missing"


def _holds(ground: CriminalData) -> bool:
    return ground.official_authority == "yes" or known(ground.provision)


def _has_ground(purpose: Purpose) -> bool:
    return isinstance(purpose.criminal_data, CriminalData) and _holds(purpose.criminal_data)

"""RGT02: direct marketing to which people cannot object."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Purpose, Register, known
from ropa.model.activity import Right
from ropa.rules.rgt import governed, withdrawable
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.source import Path

_ON: tuple[type[Register | Activity], ...] = (Register, Activity)
_RIGHT: Right = "objection-to-direct-marketing"


@rule("RGT02", on=_ON, severity=Severity.ERROR, cites=("GDPR 21(2)", "GDPR 21(3)"))
def dm_objection_missing(record: Register | Activity, ctx: Context) -> Iterator[Problem]:
    """There is direct marketing, and the right to object to it is not granted, or the record does not say whether."""
    stated = (record.rights or {}).get(_RIGHT)
    if stated is not None and stated.offered == "yes":
        return
    if stated is None and (isinstance(record, Register) or _RIGHT in (ctx.register.rights or ())):
        return
    purposes = [path for path, purpose in _marketing(record, ctx) if stated is not None or not _can_object(purpose)]
    if not purposes:
        return
    at: Path = ("rights", _RIGHT, "offered") if stated is not None else ("purposes", purposes[0][-1])
    says = "unset" if stated is None else {"no": "refused"}.get(stated.offered, "unknown")
    severity = None if says == "refused" else Severity.WARNING
    yield Problem.on(*at, says=says, severity=severity, trail=tuple(purposes), purpose=ctx.called(purposes[0]))


def _marketing(record: Register | Activity, ctx: Context) -> Iterator[tuple[Path, Purpose]]:
    """Yield the purposes of direct marketing for which it counts what the record says of the right."""
    for one, activity in governed(record, _RIGHT, ctx):
        for name, purpose in activity.purpose_records().items():
            if "direct-marketing" in purpose.tags or known(purpose.electronic_marketing):
                yield ("activities", one, "purposes", name), purpose


def _can_object(purpose: Purpose) -> bool:
    """Tell whether the record says by another field how it is ended: consent withdrawn, or messages declined.

    Of messages that cannot be declined MKT01 speaks.
    """
    marketing = purpose.electronic_marketing
    declined = known(marketing) and marketing.opt_out is not None
    return declined or (bool(purpose.bases) and all(withdrawable(basis) for basis in purpose.bases))

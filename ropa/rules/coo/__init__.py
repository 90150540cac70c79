"""Rules of the family COO: storing and reading on users' devices (ePrivacy Directive Art. 5(3))."""

from __future__ import annotations

from ropa.model import Activity, Cookie, LegitimateInterests
from ropa.rules.rule import Context

__all__ = ["needs_consent", "rests_on_interests"]


def needs_consent(cookie: Cookie) -> bool:
    """Tell whether a cookie is of a kind that needs consent unless an exemption is recorded: no service needs it."""
    return cookie.kind in ("analytics", "tracking")


def rests_on_interests(ctx: Context) -> bool:
    """Tell whether every purpose of the cookie's activity rests on legitimate interests and nothing else."""
    activity = next((one for one in ctx.above if isinstance(one, Activity)), None)
    purposes = activity.purpose_records().values() if activity is not None else ()
    bases = [purpose.bases for purpose in purposes]
    return bool(bases) and all(each and all(isinstance(one, LegitimateInterests) for one in each) for each in bases)

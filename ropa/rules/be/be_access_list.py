"""BE01: genetic, biometric or health data, and no list of who has access."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, DataCategory, in_place
from ropa.rules.rule import Context, Problem, Severity, rule

_SENSITIVE = {"genetic", "biometric", "health"}
_CITES = ("Art. 9 Act of 30 July 2018 (Belgium)", "GDPR 9(4)")


@rule("BE01", on=Activity, severity=Severity.WARNING, cites=_CITES, pack="BE")
def be_access_list(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """Data of Art. 9 of the Belgian Act are processed, and no measure is a list of the people who have access."""
    own = activity.measures if isinstance(activity.measures, tuple) else ()
    for one, measure in ctx.register.measures.items():
        applies = one in own or measure.everywhere == "yes"
        if applies and "access-list" in measure.tags and in_place(measure, ctx.day):
            return
    lists = (activity.data, *(purpose.data for purpose in activity.purpose_records().values()))
    data = dict.fromkeys(one for some in lists if isinstance(some, tuple) for one in some)
    sensitive = [one for one in data if _is_sensitive(ctx.register.data[one])]
    if sensitive:
        yield Problem.on("measures", activity=ctx.called(), data=ctx.called(("data", sensitive[0])))


def _is_sensitive(category: DataCategory) -> bool:
    return isinstance(category.special, tuple) and not _SENSITIVE.isdisjoint(category.special)

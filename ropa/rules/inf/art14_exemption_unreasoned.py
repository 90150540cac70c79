"""INF04: an exemption from informing data subjects that is claimed without a reason."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement
from ropa.rules.wording import provision

_REASONED = ("14(5)(b)", "14(5)(c)", "14(5)(d)")
_CITES = ("GDPR 13(4)", "GDPR 14(5)", *(f"GDPR {point}" for point in _REASONED))


@rule("INF04", on=Activity, severity=Severity.WARNING, cites=_CITES, unless=for_law_enforcement)
def art14_exemption_unreasoned(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An exemption of Art. 14(5)(b), (c) or (d) is claimed without a reason, or it is not known which."""
    claimed = activity.notice_exemption
    if claimed is None or known(claimed.reason):
        return
    if claimed.point == "unknown":
        yield Problem.on("notice_exemption", "point", says="point", cites=_CITES[:2], activity=ctx.called())
    elif claimed.point in _REASONED:
        facts = {"activity": ctx.called(), "provision": provision(claimed.point)}
        yield Problem(("notice_exemption", "reason"), {**facts}, "reason", cites=(f"GDPR {claimed.point}",))

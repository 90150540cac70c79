"""KB02: a transfer's answer comes from the organisation's own law files."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import Standing
from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("KB02", on=Transfer, severity=Severity.INFO, cites=())
def own_law_decides(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """What the organisation added to the law data changes on what this transfer stands."""
    if not ctx.law.overlays or ctx.law.supposed:
        return
    here, shipped = ctx.standings.of(ctx.id), ctx.standings.under(ctx.law.base, ctx.id)
    if _told(here) != _told(shipped):
        decided = (here.best.fact, shipped.best.fact)
        own = [one for one in ctx.law.overlays if one.fact in decided] or list(ctx.law.overlays)
        files = ", ".join(f"{one.kind}/{one.name}" for one in own)
        reasons = "; ".join(one.reason for one in own)
        yield Problem.on("instruments", transfer=ctx.called(), files=files, reasons=reasons)


def _told(standing: Standing) -> tuple[object, ...]:
    return (standing.state, standing.best.at, standing.best.why)

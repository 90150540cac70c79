"""TRF08: somebody looked at a list too long ago."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Adequacy, Listing, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, carrying

_YEAR = 366
"""Days: organisations certify themselves to such a framework for a year at a time."""


@rule("TRF08", on=Transfer, severity=Severity.WARNING, cites=("GDPR 45(1)",))
def listing_not_rechecked(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """Whether the recipient is still on the list was last checked more than a year ago."""
    for answer in carrying(ctx, Adequacy):
        listed = answer.instrument.listed if isinstance(answer.instrument, Adequacy) and answer.state.holds else None
        if isinstance(listed, Listing) and listed.checked is not None and (ctx.day - listed.checked).days > _YEAR:
            yield about(ctx, answer, "old", None, "listed", "checked", day=listed.checked)

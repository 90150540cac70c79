"""Rules of the family TRF: transfers to third countries (Art. 44–49)."""

from __future__ import annotations

from ropa.law import Answer, standing
from ropa.model import Transfer
from ropa.rules.rule import Context
from ropa.source import Path

__all__ = ["best", "trail"]


def best(transfer: Transfer, ctx: Context) -> Answer:
    """Return what the best instrument of a transfer is worth on the day asked about."""
    return standing(ctx.law, transfer, ctx.graph.destinations(transfer), ctx.day, ctx.graph.roles(transfer)).best


def trail(ctx: Context) -> tuple[Path, ...]:
    """Return the activities that the transfer looked at belongs to, as paths in the register."""
    return tuple(("activities", one) for one in ctx.graph.activities_of(ctx.id))

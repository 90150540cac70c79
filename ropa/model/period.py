"""Lengths of time, as ISO 8601 durations, compared."""

from __future__ import annotations

import re

__all__ = ["longer"]

_PARTS = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?")


def longer(one: str, other: str) -> bool:
    """Tell whether a period (`P5Y`, `P18M`, `P4W`) is longer than another, whenever it begins.

    A month has 28 to 31 days and a year 365 or 366: of `P1M` and `P4W`, as of `P1Y` and `P365D`, neither is longer.
    """
    months, days = _months_and_days(one)
    less_months, less_days = _months_and_days(other)
    months, days = months - less_months, days - less_days
    least = _days(months, year=365, month=28) if months >= 0 else -_days(-months, year=366, month=31)
    return least + days > 0


def _days(months: int, *, year: int, month: int) -> int:
    return months // 12 * year + months % 12 * month


def _months_and_days(period: str) -> tuple[int, float]:
    found = _PARTS.fullmatch(period)
    assert found is not None, "the model takes nothing else"
    years, months, weeks, days, hours = (int(part or 0) for part in found.groups())
    return 12 * years + months, 7 * weeks + days + hours / 24

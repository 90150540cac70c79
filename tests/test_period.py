"""Periods: what is longer whenever it begins, and what depends on the month or the year."""

import pytest

from ropa.model.period import longer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P7Y", "P6Y"),
        ("P7Y", "P83M"),
        ("P7Y", "P6Y11M20D"),
        ("P13M", "P1Y"),
        ("P367D", "P1Y"),
        ("P1Y", "P364D"),
        ("P5W", "P1M"),
        ("P30D", "P4W"),
        ("P1D", "PT23H"),
    ],
)
def test_some_periods_are_longer_whenever_they_begin(one: str, other: str) -> None:
    assert longer(one, other)
    assert not longer(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("P7Y", "P84M"), ("P7Y", "P2555D"), ("P1M", "P4W"), ("P1Y", "P366D"), ("P1D", "PT24H"), ("P4W", "P28D")],
)
def test_of_some_neither_is_longer(one: str, other: str) -> None:
    assert not longer(one, other)
    assert not longer(other, one)

"""Profiles of hypothesis (the usual run is the same each time, `thorough` looks further), and `--accept`."""

import pytest
from hypothesis import settings

settings.register_profile("usual", deadline=None, derandomize=True, max_examples=150)
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile("usual")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write what the example registers show as what they must show"
    )

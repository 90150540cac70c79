"""Profiles of hypothesis: the usual run is the same each time, `thorough` looks further."""

from hypothesis import settings

settings.register_profile("usual", deadline=None, derandomize=True, max_examples=150)
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile("usual")

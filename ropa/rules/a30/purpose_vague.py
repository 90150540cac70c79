"""A3004: a purpose that could mean anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml
from yaml import CSafeLoader

from ropa.model import Activity, Purpose
from ropa.rules.a30 import exempt
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.source import Words


@rule("A3004", on=Purpose, severity=Severity.WARNING, cites=("GDPR 5(1)(b)",), unless=exempt)
def purpose_vague(purpose: Purpose, ctx: Context) -> Iterator[Problem]:
    """The purpose is `unknown`, or nothing but a phrase that fits any processing."""
    if purpose.name == "unknown":
        yield Problem.on("name", says="unknown", activity=ctx.called(ctx.path[:2]))
    elif _vague(purpose.name) and not _described(ctx):
        yield Problem.on("name", says="vague", purpose=ctx.called())


def _described(ctx: Context) -> bool:
    """Tell whether the activity's description says what its only purpose does not."""
    activity = next(one for one in ctx.above if isinstance(one, Activity))
    said = activity.description
    return len(activity.purpose_records()) == 1 and said is not None and said != "unknown" and not _vague(said)


def _vague(text: str | Words) -> bool:
    """Tell whether a text is such a phrase, or nothing but small words, in each language that it is given in."""
    passed_over, phrases = _vocabulary()
    texts = text.values() if isinstance(text, Mapping) else (text,)
    return all(_reduced(one, passed_over) in phrases for one in texts)


def _reduced(text: str, passed_over: frozenset[str]) -> str:
    """Return the words of a text without case, punctuation and small words."""
    return " ".join(word for word in re.findall(r"\w+", text.casefold()) if word not in passed_over)


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """Return the small words that are passed over, and the phrases, of all languages together.

    A phrase is looked for in every language: few records say in which one a single word is.
    """
    text = (files("ropa.rules.a30") / "vague_purposes.yaml").read_text(encoding="utf-8")
    lists = yaml.load(text, Loader=CSafeLoader).values()
    small = frozenset(word for one in lists for word in one["passed_over"].split())
    return small, frozenset({"", *(_reduced(phrase, small) for one in lists for phrase in one["phrases"])})

"""The rules: pure functions over typed records, the graph and the law of a day; a family per folder."""

from __future__ import annotations

from ropa.rules.catalogue import catalogue, find_rule, known_packs, select
from ropa.rules.rule import Context, Problem, Rule, Severity, rule
from ropa.rules.walk import Subject, looked_at, subjects

__all__ = [
    "Context",
    "Problem",
    "Rule",
    "Severity",
    "Subject",
    "catalogue",
    "find_rule",
    "known_packs",
    "looked_at",
    "rule",
    "select",
    "subjects",
]

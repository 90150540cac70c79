"""The catalogue: every rule that lies in a family's folder, found by looking, never listed by hand."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from ropa.errors import NothingSelectedError, UnknownPackError, UnknownRuleError, nearest
from ropa.rules.rule import Rule
from ropa.rules.unruled import FAMILIES, UNRULED

__all__ = ["catalogue", "find_rule", "known_packs", "select"]


@cache
def catalogue() -> tuple[Rule[Any], ...]:
    """Return every rule, in the order of the ids."""
    return tuple(sorted(_found(), key=lambda one: one.id))


def find_rule(rule_id: str, own: Sequence[Rule[Any]] = ()) -> Rule[Any]:
    """Return the rule with an id (TRF04) or a slug (adequacy-ended), of `own` ones too. Raises UnknownRuleError."""
    rules = (*catalogue(), *own)
    for one in rules:
        if rule_id.upper() == one.id or rule_id == one.slug:
            return one
    raise UnknownRuleError(rule_id, nearest(rule_id.upper(), [one.id for one in rules]))


def select(
    select: Collection[str] = (), ignore: Collection[str] = (), own: Sequence[Rule[Any]] = ()
) -> tuple[Rule[Any], ...]:
    """Return the rules that `select` names (all, if empty) less those that `ignore` names; `own` ones take part.

    A name is a rule's id, its slug or its family. Raises UnknownRuleError for any other, and
    NothingSelectedError if no rule is left: a check by no rule finds nothing, and says nothing.
    """
    rules = (*catalogue(), *own)
    chosen = [one for name in select for one in _named(name, own)] if select else list(rules)
    dropped = {one.id for name in ignore for one in _named(name, own)}
    left = tuple(one for one in rules if one in chosen and one.id not in dropped)
    if chosen and not left:
        raise NothingSelectedError
    return left


def known_packs(named: Collection[str], own: Sequence[Rule[Any]] = ()) -> set[str]:
    """Return the national packs that are named, as rules know them. Raises UnknownPackError for any other."""
    packs = {one.pack for one in (*catalogue(), *own)} - {""}
    for name in named:
        if name.upper() not in packs:
            raise UnknownPackError(name, tuple(sorted(packs)))
    return {name.upper() for name in named}


def _named(name: str, own: Sequence[Rule[Any]]) -> list[Rule[Any]]:
    if name.upper() in FAMILIES or name.upper() in UNRULED:  # these are always reported
        return []
    family = [one for one in (*catalogue(), *own) if one.family == name.upper()]
    return family or [find_rule(name, own)]


def _found() -> Iterator[Rule[Any]]:
    home = importlib.import_module("ropa.rules")
    for folder in pkgutil.iter_modules(home.__path__, "ropa.rules."):
        if folder.ispkg:
            family = importlib.import_module(folder.name)
            for module in pkgutil.iter_modules(family.__path__, f"{folder.name}."):
                found = importlib.import_module(module.name)
                yield getattr(found, module.name.rpartition(".")[2])

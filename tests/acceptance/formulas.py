"""The few functions that the workbook's conditional formats are made of, worked out on cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_TOKEN = re.compile(r'\s*(?:"(?P<text>(?:[^"]|"")*)"|(?P<name>[A-Z]+)\(|(?P<cell>\$?[A-Z]+\$?[0-9]+)|(?P<number>[0-9]+)|(?P<sign>[=>,)]))')  # fmt: skip

Said = str | int | bool


class NotFoundError(ValueError):
    """What FIND answers where a text is not there: an error in the cell."""


def _find(text: Said, within: Said) -> int:
    at = str(within).find(str(text))
    if at < 0:
        raise NotFoundError
    return at + 1


_FUNCTIONS: dict[str, Callable[..., Said]] = {
    "OR": lambda *each: any(each),
    "AND": lambda *each: all(each),
    "LEN": lambda text: len(str(text)),
    "FIND": _find,
}


def holds(formula: str, cells: Mapping[str, str]) -> bool:
    """Tell whether a formula holds where cells say this; a cell that is not named is empty."""
    tokens = list(_TOKEN.finditer(formula))
    assert "".join(token[0] for token in tokens) == formula, f"{formula} holds something that is not known here"
    value = _comparison(tokens, cells)
    assert not tokens, f"{formula} goes on after its end"
    return bool(value)


def _comparison(tokens: list[re.Match[str]], cells: Mapping[str, str]) -> Said:
    left = _value(tokens, cells)
    if tokens and tokens[0]["sign"] in ("=", ">"):
        sign = tokens.pop(0)["sign"]
        right = _value(tokens, cells)
        if sign == ">":
            return int(left) > int(right)
        return str(left).casefold() == str(right).casefold()  # as spreadsheets compare
    return left


def _value(tokens: list[re.Match[str]], cells: Mapping[str, str]) -> Said:
    token = tokens.pop(0)
    if token["name"]:
        return _call(token["name"], tokens, cells)
    if token["cell"]:
        return cells.get(token["cell"].replace("$", ""), "")
    if token["number"]:
        return int(token["number"])
    assert token["text"] is not None, token[0]
    return token["text"].replace('""', '"')


def _call(name: str, tokens: list[re.Match[str]], cells: Mapping[str, str]) -> Said:
    if name == "ISERROR":
        try:
            _arguments(tokens, cells)
        except NotFoundError:
            _close(tokens)
            return True
        return False
    return _FUNCTIONS[name](*_arguments(tokens, cells))


def _arguments(tokens: list[re.Match[str]], cells: Mapping[str, str]) -> list[Said]:
    found = [_comparison(tokens, cells)]
    while tokens.pop(0)["sign"] == ",":
        found.append(_comparison(tokens, cells))
    return found


def _close(tokens: list[re.Match[str]]) -> None:
    assert tokens.pop(0)["sign"] == ")"

"""The exceptions that `ropa` raises, as one tree.

    RopaError
    ├── LawError              the law data cannot answer
    │   ├── UnknownLawError       no legal fact has that name
    │   └── LawDataError          a law file is not as it must be
    ├── RuleError             the catalogue cannot answer
    │   ├── UnknownRuleError      no rule or family has that id
    │   ├── UnknownPackError      no national pack has that name
    │   └── NothingSelectedError  what is selected is ignored as well
    ├── ConfigError           a file of settings is not as it must be
    │   ├── LayoutError           a layout of the workbook is not as it must be
    │   └── BaselineError         a baseline is not as it must be
    ├── GitError              git cannot give what was asked
    ├── QuestionError         a question cannot be understood
    ├── UnknownRecordError    nothing in the register has that id
    ├── WorkbookError         a workbook that came back cannot be read; nothing was changed
    └── WriteError            a file could not be written; what was there before is untouched

A fault in a *register* is not an exception: it is a value with a place (`Loaded.problems`),
so that one run names them all.
"""

from __future__ import annotations

__all__ = [
    "BaselineError",
    "ConfigError",
    "GitError",
    "LawDataError",
    "LawError",
    "LayoutError",
    "NothingSelectedError",
    "QuestionError",
    "RopaError",
    "RuleError",
    "UnknownLawError",
    "UnknownPackError",
    "UnknownRecordError",
    "UnknownRuleError",
    "WorkbookError",
    "WriteError",
    "nearest",
]


class RopaError(Exception):
    """Anything that `ropa` raises on purpose."""


class LawError(RopaError):
    """The law data cannot answer the question."""


class UnknownLawError(LawError):
    """No legal fact has this name.

    `kind` is the folder of law data asked ("adequacy", "clauses"), `name` what was asked for,
    `suggestion` the nearest name that exists.
    """

    def __init__(self, kind: str, name: str, suggestion: str | None = None) -> None:
        super().__init__(kind, name, suggestion)
        self.kind = kind
        self.name = name
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"no {self.kind} is called {self.name!r} in the law data{hint}"


class LawDataError(LawError):
    """A law file is not as it must be; `faults` are sentences with file and line."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(self.faults)


class RuleError(RopaError):
    """The catalogue of rules cannot answer the question."""


class UnknownRuleError(RuleError):
    """No rule, and no family of rules, has this id."""

    def __init__(self, asked: str, suggestion: str | None = None) -> None:
        super().__init__(asked, suggestion)
        self.asked = asked
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"no rule or family of rules is called {self.asked!r}{hint}"


class UnknownPackError(RuleError):
    """No national pack has this name."""

    def __init__(self, asked: str, packs: tuple[str, ...]) -> None:
        super().__init__(asked, packs)
        self.asked = asked
        self.packs = packs

    def __str__(self) -> str:
        return f"no national pack is called {self.asked!r}; there are {', '.join(self.packs)}"


class ConfigError(RopaError):
    """A file of settings is not as it must be; `where` is its place, unless `why` names places itself."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where = where
        self.why = why

    def __str__(self) -> str:
        return f"{self.where}: {self.why}" if self.where else self.why


class LayoutError(ConfigError):
    """A layout of the workbook is not as it must be, or none is called so."""


class BaselineError(ConfigError):
    """A baseline is not as it must be, or is not there."""


class NothingSelectedError(RuleError):
    """Every rule that is selected is ignored as well."""

    def __str__(self) -> str:
        return "no rule is left to run: what is selected is ignored as well"


class GitError(RopaError):
    """Git cannot give what was asked: no such revision, no repository, no git; `why` says which.

    `what` is what was asked for (`main:registers/x`), with its control characters made visible.
    """

    def __init__(self, what: str, why: str) -> None:
        super().__init__(what, why)
        self.what = what
        self.why = why

    def __str__(self) -> str:
        return f"{self.what.removesuffix(':')}: {self.why}"


class QuestionError(RopaError):
    """A question cannot be understood."""


class UnknownRecordError(RopaError):
    """Nothing in the register has this id, or several things have it (`candidates`)."""

    def __init__(self, asked: str, suggestion: str | None = None, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(asked, suggestion, candidates)
        self.asked = asked
        self.suggestion = suggestion
        self.candidates = candidates

    def __str__(self) -> str:
        if self.candidates:
            return f"several things are called {self.asked!r}; name one of {', '.join(self.candidates)}"
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"nothing in the register is called {self.asked!r}{hint}"


class WorkbookError(RopaError):
    """A workbook that came back cannot be read; nothing was changed.

    `why` names the one thing to do, `where` the sheet and cell ("Register!C7"), or nothing.
    """

    def __init__(self, path: str, why: str, where: str = "") -> None:
        super().__init__(path, why, where)
        self.path = path
        self.why = why
        self.where = where

    def __str__(self) -> str:
        return f"{self.path}: {self.where}: {self.why}" if self.where else f"{self.path}: {self.why}"


class WriteError(RopaError):
    """A file could not be written; what was there before is untouched."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"{self.path} could not be written: {self.why}"


def nearest(word: str, known: list[str]) -> str | None:
    """Return the word of `known` that `word` was most likely meant to be, if one is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)

"""What an organisation sets for its register: `ropa.toml`, or `[tool.ropa]` in `pyproject.toml`, found upward from it.

select = ["TRF", "A30"]          # rules and families; all, if left out
ignore = ["GRF05"]
packs = ["DE-LED"]               # national packs besides that of the organisation's country
law = ["law"]                    # folders of own law files
rules = ["own-rules.yaml"]       # own rules: declared in YAML, or written in Python
baseline = "ropa-baseline.json"  # what was found when ropa was adopted (`ropa baseline`)
[severity.RET02]
as = "info"
reason = "Start dates are kept in the archive's own system."
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ropa.errors import ConfigError, UnknownPackError, UnknownRuleError, nearest
from ropa.law.reading import sentences
from ropa.rules import Rule, Severity, catalogue, known_packs, select
from ropa.rules.declared import Declarations, declared_rule
from ropa.rules.unruled import FAMILIES, UNRULED
from ropa.source import read_file, read_text

__all__ = ["Config", "SeverityChange", "find_config"]

Said = Annotated[str, StringConstraints(pattern=r"\S")]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", populate_by_name=True)


class SeverityChange(_Part):
    """Another severity for a rule, with the reason why the organisation weighs it so."""

    to: Literal["error", "warning", "info"] = Field(alias="as")
    """The severity."""
    reason: Said
    """Why."""


class _Settings(_Part):
    select: list[Said] = []
    ignore: list[Said] = []
    packs: list[Said] = []
    law: list[Said] = []
    rules: list[Said] = []
    baseline: Said | None = None
    severity: Mapping[str, SeverityChange] = {}


class Config:
    """The settings of an organisation, with its own rules read.

    Rules written in Python are read only if `trust` says so: whoever can change the register could
    otherwise run code wherever it is checked. Raises ConfigError, with file and line.
    """

    def __init__(self, file: FilePath | None = None, *, trust: bool = False) -> None:
        self.file = file
        self.untrusted: tuple[str, ...] = ()
        """Files of own rules that were not read, because nobody trusted them."""
        settings = _read(file) if file is not None else _Settings()
        self.select, self.ignore = tuple(settings.select), tuple(settings.ignore)
        self.packs = tuple(settings.packs)
        folder = file.parent if file is not None else FilePath()
        self.law = tuple(folder / one for one in settings.law)
        self.baseline = folder / settings.baseline if settings.baseline is not None else None
        self.severity = settings.severity
        self.own_rules = (*_installed(), *self._own_rules(folder, settings.rules, trust=trust))
        self._check_ids()

    @property
    def severities(self) -> dict[str, Severity]:
        """The severities that replace those of rules, by id."""
        return {one: Severity(change.to) for one, change in self.severity.items()}

    def _own_rules(self, folder: FilePath, files: list[str], *, trust: bool) -> Iterator[Rule[Any]]:
        for name in files:
            file = folder / name
            if not file.resolve().is_relative_to(folder.resolve()):
                raise ConfigError(self._where(name), f"{name} lies outside the folder of this file")
            if file.suffix == ".py" and not trust:
                self.untrusted += (name,)
            elif file.suffix == ".py":
                yield from _written(file)
            else:
                yield from _declared(file)

    def _check_ids(self) -> None:
        """Refuse ids that no rule has, and own rules that take one."""
        ids = [one.id for one in (*catalogue(), *self.own_rules)]
        twice = next((one for at, one in enumerate(ids) if one in ids[:at]), None)
        if twice is not None:
            raise ConfigError(self._where(twice), f"two rules are called {twice}")
        for one in self.severity:
            if one not in ids and not self.untrusted:
                raise ConfigError(self._where(one), f"{one}: a severity is set for a rule; {self._no_rule(one)}")
        try:
            known_packs(self.packs, self.own_rules)
            select([*self.select, *self.ignore], (), self.own_rules)
        except UnknownPackError as error:
            raise ConfigError(self._where(error.asked), str(error)) from None
        except UnknownRuleError as error:
            if self.untrusted:
                why = f"{error}; it may stand in {', '.join(self.untrusted)}, which runs only with `--trust`"
                raise ConfigError(self._where(error.asked), why) from None
            raise ConfigError(self._where(error.asked), str(error)) from None

    def _no_rule(self, name: str) -> str:
        """Say why a severity cannot be set for a name."""
        if name in FAMILIES or name in UNRULED:
            return "faults of the text are always errors, and findings about waivers keep their weight"
        family = [one.id for one in (*catalogue(), *self.own_rules) if one.family == name]
        return f"{name} is a family: {', '.join(family)}" if family else f"no rule is called {name!r}"

    def _where(self, word: str) -> str:
        return _place(self.file, word) if self.file is not None else "settings"


def find_config(path: str | FilePath) -> FilePath | None:
    """Return the settings that go for a register: the nearest file upward from it, or None."""
    start = FilePath(path).resolve()
    for folder in (start, *start.parents):
        own, project = folder / "ropa.toml", folder / "pyproject.toml"
        if own.is_file():
            return own
        if project.is_file() and re.search(r"^\[tool\.ropa[.\]]", read_file(project, str(project))[0], re.MULTILINE):
            return project
    return None


def _read(file: FilePath) -> _Settings:
    text, fault = read_file(file, str(file))
    if fault is not None:
        raise ConfigError(str(file), fault.message)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(file), f"not TOML: {error}") from None
    if file.name == "pyproject.toml":
        data = data.get("tool", {}).get("ropa", {})
    try:
        return _Settings.model_validate(data)
    except ValidationError as error:
        detail = error.errors()[0]
        steps = [step for step in detail["loc"] if isinstance(step, str)]
        key = next((step for step in reversed(steps) if step in text), "")
        raise ConfigError(_place(file, key), f"{'.'.join(map(str, detail['loc']))}: {_said(detail)}") from None


def _said(detail: Any) -> str:
    """Say what is wrong with a setting."""
    if detail["type"] == "extra_forbidden":
        known = [*_Settings.model_fields, "as", "reason"]
        meant = nearest(str(detail["loc"][-1]), known)
        return "there is no such setting" + (f"; did you mean {meant}?" if meant else "")
    if detail["type"] == "missing":
        return "is missing"
    if detail["loc"][-1] == "reason":
        return "say why"
    return str(detail["msg"])


def _place(file: FilePath, word: str) -> str:
    """Return file and line where a word stands first: TOML readers keep no places."""
    text, _ = read_file(file, str(file))
    at = text.find(word)
    return f"{file}:{text.count(chr(10), 0, at) + 1}" if word and at >= 0 else str(file)


def _declared(file: FilePath) -> Iterator[Rule[Any]]:
    text, fault = read_file(file, str(file))
    if fault is not None:
        raise ConfigError(str(file), fault.message)
    document, faults = read_text(text, str(file))
    if document is None or faults:
        raise ConfigError("", "\n".join(str(one) for one in faults))
    try:
        declarations = Declarations.model_validate(document.data)
    except ValidationError as error:
        raise ConfigError("", "\n".join(sentences(error, document))) from None
    for rule_id, declared in declarations.rules.items():
        yield declared_rule(rule_id, declared)


def _written(file: FilePath) -> Iterator[Rule[Any]]:
    """Run a file of rules written in Python; each has its page beside it, called like its function."""
    name = f"ropa_own_rules_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ConfigError(str(file), "cannot be read as Python")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ConfigError(str(file), f"{type(error).__name__}: {error}") from error
    yield from _with_pages(vars(module).values(), str(file))


def _installed() -> Iterator[Rule[Any]]:
    """Yield the rules of packages that are installed beside ropa (entry points of the group `ropa.rules`)."""
    for point in entry_points(group="ropa.rules"):
        found = point.load()
        yield from _with_pages([found] if isinstance(found, Rule) else vars(found).values(), point.value)


def _with_pages(things: Any, where: str) -> Iterator[Rule[Any]]:
    for one in things:
        if isinstance(one, Rule):
            try:
                _ = one.page
            except (OSError, ValueError) as error:
                raise ConfigError(where, f"{one.id} has no page: {error}") from None
            yield one

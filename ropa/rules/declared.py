"""Rules that an organisation declares in YAML: where something holds, something is required or forbidden.

    rules:
      OWN01:
        name: No marketing abroad
        on: transfers
        where: {outside: yes, purposes.tags: marketing}
        message: "“{record}” takes marketing data outside the EEA (our policy, point 4)."
        fix: Use a processor in the EEA.
        severity: error
        cites: [Privacy policy 4]

`where` are conditions that must all hold for the rule to speak; with `require` it speaks only if not
all of those hold as well. A condition names a field of the record, or of the records near it
(`purposes.tags`, `data.special`, `importer.country`), and what it must be: a word or a list of words,
`stated`, `absent`, or a derived fact (`outside: yes`). See docs/own-rules.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator, model_validator

from ropa.model import (
    Activity,
    DataCategory,
    DataSubjects,
    Measure,
    Party,
    Purpose,
    Record,
    Service,
    System,
    Transfer,
)
from ropa.model.base import Many, Text
from ropa.rules.condition import Condition, word
from ropa.rules.rule import Context, Problem, Rule, Severity
from ropa.source import Page
from ropa.source.page import placeholders

__all__ = ["Declaration", "Declarations", "declared_rule"]

KINDS: dict[str, type[Record]] = {
    "activities": Activity,
    "purposes": Purpose,
    "services": Service,
    "parties": Party,
    "transfers": Transfer,
    "data": DataCategory,
    "data_subjects": DataSubjects,
    "systems": System,
    "measures": Measure,
}
"""What a declared rule can be about."""

Word = str | int | bool
Wanted = Word | Many[Word]


class Declaration(BaseModel):
    """A rule of an organisation's own, as it stands in the text."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    name: Text
    """Its name for people."""
    on: Literal[
        "activities", "purposes", "services", "parties", "transfers", "data", "data_subjects", "systems", "measures"
    ]
    """The records it looks at."""
    where: Mapping[str, Wanted] = Field(default_factory=dict)
    """The conditions under which it speaks."""
    require: Mapping[str, Wanted] = Field(default_factory=dict)
    """What must hold then; if nothing is named, what `where` describes is forbidden."""
    message: Text
    """What is wrong; `{record}` stands for the record's name."""
    fix: Text
    """The one thing to do."""
    severity: Literal["error", "warning", "info"] = "warning"
    """How much it weighs."""
    cites: Many[str] = ()
    """Where that is laid down."""

    @field_validator("message", "fix")
    @classmethod
    def _fills_what_there_is(cls, value: Text) -> Text:
        """Refuse a placeholder that nothing fills."""
        for text in _said(value).values():
            try:
                unknown = placeholders(text) - {"record"}
            except ValueError as error:
                raise ValueError(f"{error}; a brace itself is written twice") from None
            if unknown:
                raise ValueError(f"nothing fills {{{min(unknown)}}}; the only placeholder is {{record}}")
        return value

    @model_validator(mode="after")
    def _speaks_somewhere(self) -> Declaration:
        """Refuse a rule that would speak of every record."""
        if not self.where and not self.require:
            raise ValueError("nothing says where the rule speaks: give `where`, `require` or both")
        return self

    @field_validator("where", "require")
    @classmethod
    def _leads_somewhere(cls, value: Mapping[str, Wanted], info: ValidationInfo) -> Mapping[str, Wanted]:
        """Refuse a condition that could never hold, or always would."""
        kind = KINDS.get(info.data.get("on", ""))
        for condition in _conditions(value):
            fault = condition.fault(kind) if kind is not None else None
            if fault is not None:
                raise ValueError(f"{'.'.join(condition.path)}: {fault}")
        return value


Id = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*[0-9]{2}$")]


class Declarations(BaseModel):
    """A file of declared rules."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    rules: Mapping[Id, Declaration]
    """By id: capital letters for the family, then a number of two digits (`OWN01`)."""


def declared_rule(rule_id: str, declared: Declaration) -> Rule[Any]:
    """Make a declaration a rule like any other."""
    where, require = _conditions(declared.where), _conditions(declared.require)

    def looks(record: Record, ctx: Context) -> Iterator[Problem]:
        if all(one.holds(record, ctx) for one in where) and not (
            require and all(one.holds(record, ctx) for one in require)
        ):
            yield Problem.on(*_place(record, (*declared.require, *declared.where)), record=ctx.called())

    looks.__name__ = rule_id.lower()
    looks.__doc__ = _said(declared.name)["en"]
    says = {"declared": {"message": _said(declared.message), "fix": _said(declared.fix)}}
    page = Page(
        rule_id, _said(declared.name), says, f"A rule of the organisation's own.\n\n{_said(declared.message)['en']}\n"
    )
    severity = Severity(declared.severity)
    return Rule(rule_id, (KINDS[declared.on],), severity, declared.cites, "", looks, own_page=page)


def _said(text: Text) -> dict[str, str]:
    """Return a text by language; one without a language serves for all."""
    said = {"en": text} if isinstance(text, str) else dict(text)
    return said if "en" in said else {"en": next(iter(said.values())), **said}


def _place(record: Record, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the first field of the record itself that a condition is about."""
    return next(((path.split(".")[0],) for path in paths if path.split(".")[0] in type(record).model_fields), ())


def _conditions(declared: Mapping[str, Wanted]) -> tuple[Condition, ...]:
    return tuple(
        Condition(tuple(path.split(".")), tuple(map(word, wanted if isinstance(wanted, tuple) else (wanted,))))
        for path, wanted in declared.items()
    )

"""A question about one transfer, put without a register: instruments by name, facts one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from pydantic import ValidationError

from ropa.errors import QuestionError
from ropa.law import Circumstances, Law, Relation
from ropa.model import Instrument, Roles, Transfer
from ropa.model.base import Fact
from ropa.source import read_text

__all__ = ["circumstances_of", "claims_of"]

_TOOLS = {
    "binding-rules": "binding_rules",
    "authorisation": "authorisation",
    "code-of-conduct": "code",
    "certification": "certification",
    "public-instrument": "public_instrument",
    "adequacy-decision": "adequacy",
    "standard-clauses": "clauses",
}
"""By the name of a kind of instrument in the law data: the field by which a register names one."""


def claims_of(law: Law, instruments: Iterable[str]) -> tuple[Instrument, ...]:
    """Return the instruments that are named, or written as a register writes them; any adequacy decision if none is.

    Raises QuestionError, and UnknownLawError if nothing has that name.
    """
    written = [_claim(law, one) for one in instruments] or [{"adequacy": "unknown"}]
    try:
        claims = Transfer.model_validate({"to": "importer", "instruments": written}).instruments
    except ValidationError as error:
        detail = error.errors()[0]
        field = ".".join(
            str(step) for step in detail["loc"][1:] if not isinstance(step, int) and not str(step).startswith("as ")
        )
        wrong = "no such field" if detail["type"] == "extra_forbidden" else detail["msg"]
        raise QuestionError(f"--instrument: {field or 'facts'}: {wrong}") from None
    assert isinstance(claims, tuple)
    return claims


def _claim(law: Law, text: str) -> dict[str, object]:
    """Read one instrument: a name, or a mapping."""
    if text.lstrip().startswith("{"):
        document, faults = read_text(text, "--instrument")
        if document is None or faults or not isinstance(document.data, dict):
            raise QuestionError(str(faults[0]) if faults else f"--instrument {text}: not a mapping")
        return document.data
    if text in ("adequacy", "clauses"):
        return {text: "unknown"}
    kind, fact = law.instrument(text)
    if kind == "derogations":
        return {"derogation": fact.versions[-1].value.article}
    return {_TOOLS[text]: "unknown"} if kind == "tools" else {kind: text}


def circumstances_of(
    law: Law, *, on: date, exporter: str, importer: str, roles: Roles | None, facts: Mapping[str, Fact | None]
) -> Circumstances:
    """Return the circumstances of a transfer from one country to another (ISO 3166-1)."""
    relation = Relation(roles, onward=not law.inside(exporter, on))
    said = {name.replace("-", "_"): fact for name, fact in facts.items()}
    return replace(Circumstances(countries=(importer,), relations=(relation,)), **said)  # type: ignore[arg-type]

"""The few fields that need a way of their own: what a legal basis is about, what an instrument is and which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ropa.model import ConsentBasis, ContractBasis, LegalObligation, LegitimateInterests, PublicTask, VitalInterests
from ropa.model.shape import Shape, shape_of
from ropa.source.page import translate
from ropa.workbook.kinds import Kind, MisreadError, loosely
from ropa.workbook.rows import Row, shape_of_rows
from ropa.workbook.speaking import Speaker, Value

__all__ = ["KINDS_OF_INSTRUMENT", "PECULIAR"]

_BASES: dict[str, Any] = {"6(1)(a)": ConsentBasis, "6(1)(b)": ContractBasis, "6(1)(c)": LegalObligation, "6(1)(d)": VitalInterests, "6(1)(e)": PublicTask, "6(1)(f)": LegitimateInterests}  # fmt: skip
_ABOUT = {"6(1)(b)": "contract", "6(1)(c)": "provision", "6(1)(d)": "reason", "6(1)(e)": "provision", "6(1)(f)": "interest"}  # fmt: skip
"""Which field says what a basis is about."""

KINDS_OF_INSTRUMENT = (
    "adequacy", "clauses", "binding_rules", "authorisation", "code", "certification", "public_instrument", "derogation",
)  # fmt: skip


def _bases(record: Mapping[str, Any]) -> list[Any]:
    held = record.get("legal_basis")
    return held if isinstance(held, list) else [held] if isinstance(held, dict) else []


def _only(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the one legal basis of a purpose. Raises MisreadError where it has several: which one is meant?"""
    held = _bases(record)
    if len(held) > 1:
        raise MisreadError("several", number=len(held))
    return dict(held[0]) if held else {}


class _Article:
    """The legal basis of a purpose (Art. 6(1)): with another, what only the old one can say goes."""

    edited = True
    kind = Kind(Shape(words=set(_BASES)), "basis")

    def show(self, say: Speaker, row: Row) -> Value:
        if row.stands_for:
            return Value("")
        held = row.plain.get("legal_basis")
        if not isinstance(held, (dict, list)):
            return say.field(held, str)
        return say.lines(say.code("basis", str(one.get("article"))) for one in _bases(row.plain))

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:
        basis = _only(record)
        article = Kind(Shape(words={*_BASES, "unknown"}), "basis").read(say, text, None)
        if article is None or article == "unknown":
            rest = {key: each for key, each in record.items() if key != "legal_basis"}
            return rest if article is None else {**rest, "legal_basis": "unknown"}
        about = basis.get(_ABOUT.get(str(basis.get("article")), ""))
        kept = {key: each for key, each in basis.items() if key in shape_of(_BASES[article]).fields}
        kept = {"article": article, **{key: each for key, each in kept.items() if key != "article"}}
        if about is not None and article in _ABOUT:
            kept.setdefault(_ABOUT[article], about)
        return {**record, "legal_basis": kept}


class _About:
    """What a legal basis is about: the contract, the law, the task, the interest."""

    edited = True

    def show(self, say: Speaker, row: Row) -> Value:
        if row.stands_for:
            return Value("")
        said = [
            self._kind(one).show(say, one.get(_ABOUT.get(str(one.get("article")), ""))) for one in _bases(row.plain)
        ]
        if len(said) == 1:
            return said[0] if str(_bases(row.plain)[0].get("article")) in _ABOUT else Value("")
        return say.lines(one.text for one in said) if said else Value("")

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:
        basis = _only(record)
        key = _ABOUT.get(str(basis.get("article")))
        if key is None:
            if not loosely(text):
                return record
            raise MisreadError("about_nothing")
        value = self._kind(basis).read(say, text, basis.get(key))
        rest = {name: each for name, each in basis.items() if name != key}
        return {**record, "legal_basis": rest if value is None else {**basis, key: value}}

    @staticmethod
    def _kind(basis: Mapping[str, Any]) -> Kind:
        article = str(basis.get("article"))
        return Kind(shape_of(_BASES[article]).fields[_ABOUT[article]] if article in _ABOUT else Shape())


def _kind_of(record: Mapping[str, Any]) -> str:
    return next((kind for kind in KINDS_OF_INSTRUMENT if kind in record), "")


class _InstrumentKind:
    """What kind an instrument is (Art. 45–49). With another kind, what names the instrument goes with the old one."""

    edited = True

    def show(self, say: Speaker, row: Row) -> Value:
        if row.stands_for:
            return say.field(row.stands_for[0], str)
        return Value(say.code("instrument", _kind_of(row.plain)))

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:
        kind = Kind(Shape(words=set(KINDS_OF_INSTRUMENT)), "instrument").read(say, text, None)
        if kind is None:
            raise MisreadError("no_kind")
        old = _kind_of(record)
        if kind == old:
            return record
        rest = {key: each for key, each in record.items() if key in _fields_of(kind) and key != old}
        return {kind: "unknown", **rest}


def _fields_of(kind: str) -> set[str]:
    """Return the fields of the instruments of a kind."""
    models = shape_of_rows("transfers.instruments").models
    return next(set(model.model_fields) for model in models if kind in model.model_fields)


class _Which:
    """Which instrument it is: by its name in the law data, or in the organisation's own words."""

    edited = True

    def show(self, say: Speaker, row: Row) -> Value:
        kind = _kind_of(row.plain)
        if not kind:
            return Value("")
        if kind in ("adequacy", "clauses") and row.plain[kind] != "unknown":
            return Value(_law(say, kind, str(row.plain[kind])))
        return self._kind(kind).show(say, row.plain[kind])

    def write(self, say: Speaker, record: Mapping[str, Any], text: str) -> Mapping[str, Any]:
        kind = _kind_of(record)
        if not kind:
            raise MisreadError("no_kind")
        said = loosely(text)
        if kind in ("adequacy", "clauses") and said and said.casefold() != say.say("unknown").casefold():
            named = {loosely(label).casefold(): name for name, label in _law_names(say, kind).items()}
            name = named.get(said.casefold(), said if said in named.values() else None)
            if name is None:
                raise MisreadError("no_such_instrument", text=said)
            return {**record, kind: name}
        value = self._kind(kind).read(say, text, record[kind])
        return {**record, kind: "unknown" if value is None else value}

    @staticmethod
    def _kind(kind: str) -> Kind:
        codes = {"binding_rules": "rules", "derogation": "derogation"}.get(kind, "")
        return Kind(shape_of_rows("transfers.instruments").fields[kind], codes, proper=True)


def _law_names(say: Speaker, kind: str) -> dict[str, str]:
    """Return the names of the law's facts of a kind in the reader's language; with their id where two share one."""
    said = {name: translate(getattr(fact, "name", name), say.language) for name, fact in say.law.facts(kind)}
    shared = [label for label in said.values() if list(said.values()).count(label) > 1]
    return {name: f"{label} ({name})" if label in shared else label for name, label in said.items()}


def _law(say: Speaker, kind: str, name: str) -> str:
    if f"law {kind}" not in say.kept:
        say.kept[f"law {kind}"] = _law_names(say, kind)
    return str(say.kept[f"law {kind}"].get(name, name))


PECULIAR: dict[tuple[str, str], Any] = {
    ("activities.purposes", "legal_basis.article"): _Article(),
    ("activities.purposes", "about"): _About(),
    ("transfers.instruments", "kind"): _InstrumentKind(),
    ("transfers.instruments", "which"): _Which(),
}
"""The fields with a way of their own, by table and key."""

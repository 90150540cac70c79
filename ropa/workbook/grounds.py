"""The cells about an activity's purposes and what they rest on (Art. 6, 9, 10): by key, a function each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ropa.model import Activity, Purpose, known
from ropa.workbook.rows import Getter, Row, activity_of
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import explained, series

__all__ = ["GROUNDS", "is_special"]

_BY_LAW = ("9(2)(b)", "9(2)(g)", "9(2)(h)", "9(2)(i)", "9(2)(j)")
"""The points of Art. 9(2) that need a law besides the GDPR."""


def _purposes(say: Speaker, row: Row, each: Callable[[Purpose], str] | None = None) -> Value:
    record = activity_of(say, row)
    if record.purposes is None or record.purposes == "unknown":
        return say.field(record.purposes, str)
    return say.lines((each or (lambda purpose: say.text(purpose.name)))(one) for one in record.purpose_records().values())  # fmt: skip


def _bases(say: Speaker, row: Row) -> Value:
    return _purposes(say, row, partial(_basis, say, activity_of(say, row)))


def _basis(say: Speaker, record: Activity, purpose: Purpose, *, only: bool = False) -> str:
    """Say on what a purpose rests, Art. 6 only or with the grounds of Art. 9 and 10; with its name, if there are several."""
    said = [_one_basis(say, basis) for basis in purpose.bases]
    if not said:
        said = [say.field(purpose.legal_basis, str).text]
    said += [] if only else _conditions(say, purpose)
    text = series(said, say.language)
    return explained(say.text(purpose.name), text, say.language) if len(record.purpose_records()) > 1 else text


def _conditions(say: Speaker, purpose: Purpose) -> list[str]:
    said: list[str] = []
    if isinstance(purpose.special_categories, tuple):
        for each in purpose.special_categories:
            letter = each.condition.removeprefix("9(2)(").removesuffix(")")
            known_as = say.say("unknown") if each.condition == "unknown" else letter
            said.append(
                explained(say.say("special_condition", letter=known_as), say.text(each.provision), say.language)
            )
    if known(purpose.criminal_data):
        said.append(explained(say.say("criminal_ground"), say.text(purpose.criminal_data.provision), say.language))
    return said


def _special(say: Speaker, row: Row) -> Value:
    """Say the special categories among an activity's data, and the conditions of Art. 9(2) relied on."""
    record = activity_of(say, row)
    data = (
        [say.data(one) for one in record.data or () if is_special(say, one)] if isinstance(record.data, tuple) else []
    )
    conditions = [said for purpose in record.purpose_records().values() for said in _conditions(say, purpose)]
    return say.lines([*data, *conditions]) if data or conditions else Value("")


def is_special(say: Speaker, one: str) -> bool:
    """Tell whether a category of data is said to be of Art. 9 or 10."""
    record = say.register.data.get(one)
    return (record is not None and (bool(record.special) and record.special not in ("none", "unknown"))) or (record is not None and record.criminal == "yes")  # fmt: skip


def _one_basis(say: Speaker, basis: Any) -> str:
    fields = type(basis).model_fields
    about = next((getattr(basis, key) for key in ("contract", "provision", "reason", "interest") if key in fields), None)  # fmt: skip
    return explained(say.code("basis", basis.article), say.text(about), say.language)


def _interests(say: Speaker, row: Row) -> Value:
    said = [say.text(basis.interest) for basis in _on(say, row, "6(1)(f)")]
    return say.lines(said) if any(said) else Value("")


def _interests_assessed(say: Speaker, row: Row) -> Value:
    said = [explained(say.day("done", one.assessment.done), say.proper(one.assessment.reference), say.language) if known(one.assessment) else say.field(one.assessment, str).text for one in _on(say, row, "6(1)(f)")]  # fmt: skip
    return say.lines(said) if said else Value("")


def _consent_kept(say: Speaker, row: Row) -> Value:
    said = [say.field(one.consent.proof if known(one.consent) else one.consent, say.text).text for one in _on(say, row, "6(1)(a)")]  # fmt: skip
    return say.lines(said) if said else Value("")


def _on(say: Speaker, row: Row, article: str) -> list[Any]:
    """Return the legal bases of an activity's purposes that are of one point of Art. 6(1)."""
    purposes = activity_of(say, row).purpose_records().values()
    return [basis for purpose in purposes for basis in purpose.bases if basis.article == article]


# --- what forms ask apart


def _article_6(say: Speaker, row: Row) -> Value:
    return _purposes(say, row, partial(_basis, say, activity_of(say, row), only=True))


def _main_purpose(say: Speaker, row: Row) -> Value:
    """Say the purpose that the text names first: no field says which is the main one."""
    purposes = list(activity_of(say, row).purpose_records().values())
    return Value(say.text(purposes[0].name)) if purposes else _purposes(say, row)


def _sub_purposes(say: Speaker, row: Row) -> Value:
    further = list(activity_of(say, row).purpose_records().values())[1:]
    return say.lines(say.text(one.name) for one in further) if further else Value("")


def _sensitive(say: Speaker, row: Row) -> Value:
    """Say whether an activity's data are of special categories or of Art. 10; what nobody stated is not a no."""
    stated = activity_of(say, row).data
    if not isinstance(stated, tuple) or not stated:
        return say.field(stated, str)
    held = [say.register.data.get(one) for one in stated]
    said = {"yes" if is_special(say, one) else record and record.special for one, record in zip(stated, held, strict=True)}  # fmt: skip
    if "yes" in said:
        return Value(say.code("fact", "yes"))
    return Value(say.say("unknown"), "unknown") if "unknown" in said else say.missing if None in said else Value(say.code("fact", "no"))  # fmt: skip


def _has_ground(purpose: Purpose) -> bool:
    return bool(isinstance(purpose.special_categories, tuple) and purpose.special_categories) or known(purpose.criminal_data)  # fmt: skip


def _sensitive_purposes(say: Speaker, row: Row) -> list[Purpose]:
    """Return the purposes that use data of Art. 9 or 10: by their ground; by their data, unless another's ground tells whose those are."""
    record = activity_of(say, row)
    purposes = list(record.purpose_records().values())
    told = any(map(_has_ground, purposes))

    def uses(purpose: Purpose) -> bool:
        stated = purpose.data if purpose.data is not None else None if told else record.data
        return isinstance(stated, tuple) and any(is_special(say, one) for one in stated)

    return [one for one in purposes if _has_ground(one) or uses(one)]


def _sensitive_basis(say: Speaker, row: Row) -> Value:
    said = [_basis(say, activity_of(say, row), one, only=True) for one in _sensitive_purposes(say, row)]
    return say.lines(said) if said else Value("")


def _provisions(say: Speaker, row: Row) -> Value:
    """Say the law that lifts the prohibition on data of Art. 9 or 10, for what needs one besides the GDPR."""
    wanted: list[Any] = []
    for purpose in _sensitive_purposes(say, row):
        if isinstance(purpose.special_categories, tuple):
            wanted += [one.provision for one in purpose.special_categories if one.provision or one.condition in _BY_LAW]
        if known(purpose.criminal_data) and (purpose.criminal_data.provision or purpose.criminal_data.official_authority != "yes"):  # fmt: skip
            wanted.append(purpose.criminal_data.provision)
    return say.lines(say.field(one, say.text).text for one in wanted) if wanted else Value("")


GROUNDS: dict[str, Getter] = {
    "purposes": _purposes,
    "basis": _bases,
    "special": _special,
    "interests": _interests,
    "interests_assessed": _interests_assessed,
    "consent_kept": _consent_kept,
    "article_6": _article_6,
    "main_purpose": _main_purpose,
    "sub_purposes": _sub_purposes,
    "sensitive": _sensitive,
    "sensitive_basis": _sensitive_basis,
    "provisions": _provisions,
}
"""What is put together of an activity's purposes, by key."""

"""Which rights come with which legal basis: the table that rules, workbook and JSON show."""

from typing import get_args

import pytest

from ropa.model import Purpose, rights_by_basis
from ropa.model.activity import Right
from ropa.model.rights import rights_of

BASES = [f"6(1)({point})" for point in "abcdef"]


@pytest.mark.parametrize(
    ("right", "given"),
    [
        ("information", "yes yes yes yes yes yes"),
        ("access", "yes yes yes yes yes yes"),
        ("rectification", "yes yes yes yes yes yes"),
        ("erasure", "yes limited limited yes limited yes"),  # Art. 17(1)(a), 17(3)(b)
        ("restriction", "yes yes yes yes yes yes"),
        ("portability", "limited limited no no no no"),  # Art. 20(1)(a), (b)
        ("objection", "no no no no yes yes"),  # Art. 21(1): points (e) and (f)
        ("objection-to-direct-marketing", "yes yes no no no yes"),  # Art. 21(2)
        ("withdrawal-of-consent", "yes no no no no no"),  # Art. 7(3)
        ("human-intervention", "limited limited limited limited limited limited"),  # Art. 22(3)
        ("complaint", "yes yes yes yes yes yes"),  # Art. 77
    ],
)
def test_a_right_comes_with_these_bases(right: Right, given: str) -> None:
    assert [rights_by_basis(basis)[right] for basis in BASES] == given.split()


@pytest.mark.parametrize("basis", BASES)
def test_every_right_is_answered_for_every_basis(basis: str) -> None:
    assert tuple(rights_by_basis(basis)) == get_args(Right)


def test_what_is_no_basis_has_no_rights() -> None:
    with pytest.raises(KeyError):
        rights_by_basis("9(2)(a)")


def test_of_several_bases_the_most_generous_counts() -> None:
    purpose = Purpose.model_validate({"name": "x", "legal_basis": [{"article": "6(1)(c)"}, {"article": "6(1)(f)"}]})
    assert rights_of(purpose)["objection"] == "yes"
    assert rights_of(Purpose(name="x")) == {}

"""Which rights of the data subject the law gives with which legal basis (Art. 7(3), 13–22, 77)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from ropa.model.activity import Purpose, Right

__all__ = ["Given", "rights_by_basis", "rights_of"]

Given = Literal["yes", "no", "limited"]
"""Whether a right is given: within the general limits of its article, not at all, or only within limits that follow
from the basis, or from a condition of the article that depends on it."""

_RIGHTS: tuple[Right, ...] = (
    "information", "access", "rectification", "erasure", "restriction", "portability", "objection",
    "objection-to-direct-marketing", "withdrawal-of-consent", "human-intervention", "complaint",
)  # fmt: skip

# By basis, in the order of the rights above. Erasure: while a contract needs the data Art. 17(1)(a) is not met; what a
# legal obligation or a public task needs is kept by Art. 17(3)(b). Portability: data that the data subject provided,
# processed by automated means (Art. 20(1)), with the two bases that Art. 20(1)(a) names. Objection: Art. 21(1) names
# two bases; to direct marketing (Art. 21(2)) on whichever basis that can rest. Human intervention belongs to no basis
# but to decisions by automated means alone (Art. 22(3)).
_GIVEN: dict[str, tuple[Given, ...]] = {
    "6(1)(a)": ("yes", "yes", "yes", "yes", "yes", "limited", "no", "yes", "yes", "limited", "yes"),
    "6(1)(b)": ("yes", "yes", "yes", "limited", "yes", "limited", "no", "yes", "no", "limited", "yes"),
    "6(1)(c)": ("yes", "yes", "yes", "limited", "yes", "no", "no", "no", "no", "limited", "yes"),
    "6(1)(d)": ("yes", "yes", "yes", "yes", "yes", "no", "no", "no", "no", "limited", "yes"),
    "6(1)(e)": ("yes", "yes", "yes", "limited", "yes", "no", "yes", "no", "no", "limited", "yes"),
    "6(1)(f)": ("yes", "yes", "yes", "yes", "yes", "no", "yes", "yes", "no", "limited", "yes"),
}

_MATRIX: dict[str, Mapping[Right, Given]] = {
    article: MappingProxyType(dict(zip(_RIGHTS, given, strict=True))) for article, given in _GIVEN.items()
}


def rights_by_basis(article: str) -> Mapping[Right, Given]:
    """Return, for each right of the data subject, whether the law gives it where processing rests on a legal basis.

    `article` is the basis by its place in Art. 6(1): `6(1)(f)`. The values are `yes`, `no` and
    `limited`: given only within limits of that basis or condition (erasure while a contract still
    needs the data; portability of data that were provided and are processed by automated means).
    `no` says that the right does not come with this basis: who consented withdraws instead of
    objecting, and nothing that rests on a legal obligation is direct marketing. What is given stays
    subject to the exceptions of its own article, to Art. 11(2), and to restrictions under Art. 23
    and 89. Raises KeyError for anything that is no basis of Art. 6(1).
    """
    return _MATRIX[article]


_MOST: tuple[Given, ...] = ("no", "limited", "yes")


def rights_of(purpose: Purpose) -> Mapping[Right, Given]:
    """Return the rights that come with a purpose: of several bases, what the most generous gives; empty if it has none."""
    return _most_generous(tuple(basis.article for basis in purpose.bases))


@cache
def _most_generous(articles: tuple[str, ...]) -> Mapping[Right, Given]:
    matrices = [rights_by_basis(article) for article in articles]
    return (
        {right: max((matrix[right] for matrix in matrices), key=_MOST.index) for right in _RIGHTS} if matrices else {}
    )

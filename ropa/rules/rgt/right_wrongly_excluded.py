"""RGT01: a right is not granted, though it comes with the legal basis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ropa.model import Activity, Register, rights_by_basis
from ropa.model.activity import Right
from ropa.rules.rgt import governed, withdrawable
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.wording import provision
from ropa.source import Path, Words

_ON: tuple[type[Register | Activity], ...] = (Register, Activity)


class _Given(NamedTuple):
    """A right that comes with a basis of some purpose, in whole (`yes`) or `limited`."""

    how: str
    article: str
    purpose: Path


_RIGHTS: dict[Right, tuple[str, Words]] = {
    "information": (
        "13(1)",
        {
            "en": "right to be informed",
            "nl": "recht op informatie",
            "de": "Recht auf Information",
            "fr": "droit à l'information",
        },
    ),
    "access": (
        "15(1)",
        {"en": "right of access", "nl": "recht van inzage", "de": "Auskunftsrecht", "fr": "droit d'accès"},
    ),
    "rectification": (
        "16",
        {
            "en": "right to rectification",
            "nl": "recht op rectificatie",
            "de": "Recht auf Berichtigung",
            "fr": "droit de rectification",
        },
    ),
    "erasure": (
        "17(1)",
        {
            "en": "right to erasure",
            "nl": "recht op gegevenswissing",
            "de": "Recht auf Löschung",
            "fr": "droit à l'effacement",
        },
    ),
    "restriction": (
        "18(1)",
        {
            "en": "right to restriction",
            "nl": "recht op beperking van de verwerking",
            "de": "Recht auf Einschränkung der Verarbeitung",
            "fr": "droit à la limitation du traitement",
        },
    ),
    "portability": (
        "20(1)",
        {
            "en": "right to data portability",
            "nl": "recht op overdraagbaarheid van gegevens",
            "de": "Recht auf Datenübertragbarkeit",
            "fr": "droit à la portabilité des données",
        },
    ),
    "objection": (
        "21(1)",
        {"en": "right to object", "nl": "recht van bezwaar", "de": "Widerspruchsrecht", "fr": "droit d'opposition"},
    ),
    "withdrawal-of-consent": (
        "7(3)",
        {
            "en": "right to withdraw consent",
            "nl": "recht om toestemming in te trekken",
            "de": "Recht auf Widerruf der Einwilligung",
            "fr": "droit de retirer le consentement",
        },
    ),
    "complaint": (
        "77(1)",
        {
            "en": "right to lodge a complaint",
            "nl": "recht om een klacht in te dienen",
            "de": "Beschwerderecht",
            "fr": "droit d'introduire une réclamation",
        },
    ),
}
"""Where each right stands and what it is called. Objecting to direct marketing is RGT02's; a human, that of rules on
automated decisions."""


@rule("RGT01", on=_ON, severity=Severity.ERROR, cites=tuple(f"GDPR {article}" for article, _ in _RIGHTS.values()))
def right_wrongly_excluded(record: Register | Activity, ctx: Context) -> Iterator[Problem]:
    """A right is recorded as not granted, without a reason, and the law gives it where processing has this basis."""
    for right, stated in (record.rights or {}).items():
        if right not in _RIGHTS or stated.offered == "yes" or stated.reason is not None:
            continue
        given = next(iter(sorted(_given(record, right, ctx), key=lambda one: one.how != "yes")), None)
        if given is None or (stated.offered == "unknown" and given.how == "limited"):
            continue
        article, words = _RIGHTS[right]
        says = "unknown" if stated.offered == "unknown" else {"yes": "excluded"}.get(given.how, "limited")
        yield Problem.on(
            "rights", right, "offered",
            says=says, severity=None if says == "excluded" else Severity.WARNING,
            cites=(f"GDPR {article}",), trail=(given.purpose,),
            right=words, provision=provision(article),
            purpose=ctx.called(given.purpose), basis=provision(given.article),
        )  # fmt: skip


def _given(record: Register | Activity, right: Right, ctx: Context) -> Iterator[_Given]:
    """Yield where the law gives a right, purpose by purpose."""
    for one, activity in governed(record, right, ctx):
        if right == "information" and (activity.notice_exemption or not isinstance(activity.notices, tuple)):
            continue  # INF01 asks for the notice, INF04 for the reason of the exemption
        for name, purpose in activity.purpose_records().items():
            for basis in purpose.bases:
                how = rights_by_basis(basis.article)[right]
                if how != "no" and (right != "withdrawal-of-consent" or withdrawable(basis)):
                    yield _Given(how, basis.article, ("activities", one, "purposes", name))

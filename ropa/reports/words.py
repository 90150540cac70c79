"""The words that the formats for CI share, in the reader's language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropa.rules import Severity
from ropa.rules.citing import cited
from ropa.source.page import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropa.checking import Report
    from ropa.findings import Acceptance, Finding

__all__ = ["Said", "accepted", "counted", "law_asked", "numbered", "said", "words"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "error": "{} error|{} errors", "warning": "{} warning|{} warnings", "info": "{} reminder|{} reminders",
        "waived": "{} waived|{} waived", "known": "{} known from the baseline|{} known from the baseline",
        "skipped": "{} rule did not run|{} rules did not run",
        "left_out": "{} more is left out here; the log of the job names it.|{} more are left out here; the log of the job names them.",
        "none": "no findings", "errors": "Errors", "warnings": "Warnings", "infos": "Reminders", "fix": "Fix", "cites": "See",
        "law": "with the law of {on} (law data {version}, verified through {through})",
        "accepted": "{reason} — accepted by {by} until {until}", "is_waived": "waived", "is_known": "known from the baseline",
        "crashed": "A rule crashed", "not_run": "Rules that did not run",
    },
    "nl": {
        "error": "{} fout|{} fouten", "warning": "{} waarschuwing|{} waarschuwingen", "info": "{} herinnering|{} herinneringen",
        "waived": "{} aanvaard|{} aanvaard", "known": "{} bekend uit de nulmeting|{} bekend uit de nulmeting",
        "skipped": "{} regel niet uitgevoerd|{} regels niet uitgevoerd",
        "left_out": "Nog {} is hier weggelaten; het logboek van de taak noemt die.|Nog {} zijn hier weggelaten; het logboek van de taak noemt ze.",
        "none": "geen bevindingen", "errors": "Fouten", "warnings": "Waarschuwingen", "infos": "Herinneringen", "fix": "Actie", "cites": "Zie",
        "law": "naar het recht van {on} (rechtsgegevens {version}, nagekeken tot en met {through})",
        "accepted": "{reason} — aanvaard door {by} tot en met {until}", "is_waived": "aanvaard", "is_known": "bekend uit de nulmeting",
        "crashed": "Een regel is vastgelopen", "not_run": "Niet uitgevoerde regels",
    },
    "de": {
        "error": "{} Fehler|{} Fehler", "warning": "{} Warnung|{} Warnungen", "info": "{} Hinweis|{} Hinweise",
        "waived": "{} akzeptiert|{} akzeptiert", "known": "{} aus dem Ausgangsbestand bekannt|{} aus dem Ausgangsbestand bekannt",
        "skipped": "{} Regel nicht ausgeführt|{} Regeln nicht ausgeführt",
        "left_out": "{} weitere ist hier ausgelassen; das Protokoll des Laufs nennt sie.|{} weitere sind hier ausgelassen; das Protokoll des Laufs nennt sie.",
        "none": "keine Feststellungen", "errors": "Fehler", "warnings": "Warnungen", "infos": "Hinweise", "fix": "Abhilfe", "cites": "Siehe",
        "law": "nach dem Recht vom {on} (Rechtsdaten {version}, geprüft bis einschließlich {through})",
        "accepted": "{reason} — akzeptiert von {by} bis einschließlich {until}", "is_waived": "akzeptiert", "is_known": "aus dem Ausgangsbestand bekannt",
        "crashed": "Eine Regel ist abgestürzt", "not_run": "Nicht ausgeführte Regeln",
    },
    "fr": {
        "error": "{} erreur|{} erreurs", "warning": "{} avertissement|{} avertissements", "info": "{} rappel|{} rappels",
        "waived": "{} accepté|{} acceptés", "known": "{} connu par l'état initial|{} connus par l'état initial",
        "skipped": "{} règle non exécutée|{} règles non exécutées",
        "left_out": "{} autre est omis ici ; le journal de la tâche le mentionne.|{} autres sont omis ici ; le journal de la tâche les mentionne.",
        "none": "aucun constat", "errors": "Erreurs", "warnings": "Avertissements", "infos": "Rappels", "fix": "À faire", "cites": "Voir",
        "law": "selon le droit au {on} (données juridiques {version}, vérifiées jusqu'au {through})",
        "accepted": "{reason} — accepté par {by} jusqu'au {until} inclus", "is_waived": "accepté", "is_known": "connu par l'état initial",
        "crashed": "Une règle a échoué", "not_run": "Règles non exécutées",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a finding says in a language: still as the register has it, to be escaped for the format it goes into."""

    title: str
    message: str
    fix: str
    """With the word for it: `Fix: …`."""
    cites: str
    """With the word for it: `See: …`; empty, if nothing is cited."""


def words(language: str) -> Mapping[str, str]:
    """Return the words of a language, by key; English for a language that ropa does not speak."""
    return _WORDS.get(language, _WORDS["en"])


def numbered(key: str, number: int, language: str) -> str:
    """Return a number with its thing: `1 error`, `2 errors`."""
    one, many = words(language)[key].split("|")
    return (one if number == 1 else many).format(number)


def said(finding: Finding, language: str) -> Said:
    """Return what a finding says."""
    message, fix = finding.words(language)
    known = words(language)
    cites = ", ".join(cited(one, language) for one in finding.cites)
    return Said(
        f"{finding.rule} {finding.title(language)}",
        message,
        f"{known['fix']}: {fix}",
        f"{known['cites']}: {cites}" if cites else "",
    )


def accepted(waiver: Acceptance, language: str) -> str:
    """Return why, by whom and until when (inclusive) a finding was accepted."""
    return words(language)["accepted"].format(
        reason=translate(waiver.reason, language), by=translate(waiver.by, language), until=waiver.until
    )


def counted(report: Report, language: str) -> str:
    """Return how many findings count, by severity, and how many do not: `3 errors, 1 warning, 2 waived`."""
    found = Counter(finding.severity for finding in report.findings if finding.counts)
    parts = [numbered(one.value, found[one], language) for one in Severity if found[one]]
    parts = parts or [words(language)["none"]]
    waived = sum(finding.waiver is not None for finding in report.findings)
    known = sum(finding.known and finding.waiver is None for finding in report.findings)
    return ", ".join(
        [*parts, *(numbered(key, number, language) for key, number in (("waived", waived), ("known", known)) if number)]
    )


def law_asked(report: Report, language: str) -> str:
    """Return whose law was asked: the day, the version of the law data, and how far those were verified."""
    law = report.law
    return words(language)["law"].format(on=report.on, version=law.version, through=law.verified_through)

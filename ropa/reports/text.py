"""The report as a person likes to read it: by file, with the line quoted, the citation and the fix."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from ropa.model import in_place
from ropa.reports.consequences import what_if_lines
from ropa.rules import Severity
from ropa.rules.citing import cited
from ropa.source import visible
from ropa.source.page import translate

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.findings import Acceptance, Finding

__all__ = ["render_text"]

_WIDTH = 100
_EXCERPT = 84
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_WORDS = {
    "en": {
        "error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("reminder", "reminders"),
        "none": "no findings", "checked": "Checked", "rules": ("rule ran", "rules ran"), "stood": "as it stood in commit {commit} of {day}", "on": "with the law of",
        "data": "law data", "through": "verified through", "later": "what changed after that day is not known",
        "empty": "no records yet", "skipped": ("rule did not run", "rules did not run"), "passed": "Not in place on that day, and not looked at", "crashed": "A rule crashed", "fix": "Fix", "cites": "See",
        "packs": "national packs not asked for", "ignored": "rules left out by choice", "weighed": "rules weighed otherwise by choice", "fallback": "Stands on a fallback", "gone": "ended", "own": "with own law files", "supposed": "supposed to have ended",
        "activities": ("activity", "activities"), "services": ("service", "services"),
        "parties": ("party", "parties"), "transfers": ("transfer", "transfers"),
        "waived": ("waived", "waived"), "held": "through {until}, accepted by {by} (waivers.{id}): {reason}", "lapsed": "Was waived through {until} by {by} (waivers.{id}); that is over",
        "known": "known from the baseline", "needless": "in the baseline no longer found, or waived: `ropa baseline --prune` removes them",
    },
    "nl": {
        "error": ("fout", "fouten"), "warning": ("waarschuwing", "waarschuwingen"),
        "info": ("herinnering", "herinneringen"), "none": "geen bevindingen", "checked": "Gecontroleerd",
        "rules": ("regel uitgevoerd", "regels uitgevoerd"), "stood": "zoals het stond in commit {commit} van {day}", "on": "naar het recht van", "data": "rechtsgegevens",
        "through": "nagekeken tot en met", "later": "wat daarna veranderde is niet bekend",
        "empty": "nog niets vastgelegd", "skipped": ("regel niet uitgevoerd", "regels niet uitgevoerd"), "passed": "Op die dag niet van toepassing, en niet bekeken", "crashed": "Een regel is vastgelopen", "fix": "Actie", "cites": "Zie",
        "packs": "niet gevraagde nationale pakketten", "ignored": "naar keuze niet gecontroleerd", "weighed": "naar keuze anders gewogen", "fallback": "Berust op een later instrument", "gone": "vervallen", "own": "met eigen wetbestanden", "supposed": "verondersteld vervallen",
        "activities": ("verwerking", "verwerkingen"), "services": ("dienst", "diensten"),
        "parties": ("partij", "partijen"), "transfers": ("doorgifte", "doorgiften"),
        "waived": ("aanvaard", "aanvaard"), "held": "tot en met {until}, aanvaard door {by} (waivers.{id}): {reason}", "lapsed": "Was tot en met {until} aanvaard door {by} (waivers.{id}); dat is voorbij",
        "known": "bekend uit de nulmeting", "needless": "in de nulmeting niet meer gevonden, of aanvaard: `ropa baseline --prune` verwijdert ze",
    },
    "de": {
        "error": ("Fehler", "Fehler"), "warning": ("Warnung", "Warnungen"), "info": ("Hinweis", "Hinweise"),
        "none": "keine Feststellungen", "checked": "Geprüft", "rules": ("Regel ausgeführt", "Regeln ausgeführt"),
        "stood": "Stand von Commit {commit} vom {day}", "on": "nach dem Recht vom", "data": "Rechtsdaten", "through": "geprüft bis einschließlich",
        "later": "was sich danach geändert hat, ist nicht bekannt", "empty": "noch nichts erfasst",
        "skipped": ("Regel nicht ausgeführt", "Regeln nicht ausgeführt"), "passed": "An diesem Tag nicht wirksam und nicht geprüft", "crashed": "Eine Regel ist abgestürzt", "fix": "Abhilfe", "cites": "Siehe",
        "packs": "nicht angeforderte nationale Pakete", "ignored": "bewusst ausgelassene Regeln", "weighed": "bewusst anders gewichtete Regeln", "fallback": "Beruht auf einem Ersatzinstrument", "gone": "nicht mehr in Kraft", "own": "mit eigenen Rechtsdateien", "supposed": "angenommenes Ende",
        "activities": ("Verarbeitung", "Verarbeitungen"), "services": ("Dienstleistung", "Dienstleistungen"),
        "parties": ("Beteiligter", "Beteiligte"), "transfers": ("Übermittlung", "Übermittlungen"),
        "waived": ("akzeptiert", "akzeptiert"), "held": "bis einschließlich {until}, akzeptiert durch {by} (waivers.{id}): {reason}", "lapsed": "War bis einschließlich {until} durch {by} akzeptiert (waivers.{id}); das ist vorbei",
        "known": "aus dem Ausgangsbestand bekannt", "needless": "im Ausgangsbestand nicht mehr festgestellt oder akzeptiert: `ropa baseline --prune` entfernt sie",
    },
    "fr": {
        "error": ("erreur", "erreurs"), "warning": ("avertissement", "avertissements"), "info": ("rappel", "rappels"),
        "none": "aucun constat", "checked": "Vérification de", "rules": ("règle exécutée", "règles exécutées"),
        "stood": "tel qu'il était au commit {commit} du {day}", "on": "selon le droit au", "data": "données juridiques", "through": "vérifiées jusqu'au",
        "later": "les changements postérieurs ne sont pas connus", "empty": "rien de consigné pour l'instant",
        "skipped": ("règle non exécutée", "règles non exécutées"), "passed": "Pas en place ce jour-là et non examiné", "crashed": "Une règle a échoué", "fix": "À faire", "cites": "Voir",
        "packs": "volets nationaux non demandés", "ignored": "règles écartées par choix", "weighed": "règles pondérées autrement par choix", "fallback": "Repose sur un instrument de remplacement", "gone": "plus en vigueur", "own": "avec des fichiers juridiques propres", "supposed": "fin supposée",
        "activities": ("traitement", "traitements"), "services": ("prestation", "prestations"),
        "parties": ("partie", "parties"), "transfers": ("transfert", "transferts"),
        "waived": ("accepté", "acceptés"), "held": "jusqu'au {until} inclus, accepté par {by} (waivers.{id}) : {reason}", "lapsed": "Était accepté jusqu'au {until} inclus par {by} (waivers.{id}) ; ce n'est plus le cas",
        "known": "connus par l'état initial", "needless": "dans l'état initial, plus constatés ou acceptés : `ropa baseline --prune` les retire",
    },
}  # fmt: skip


def render_text(report: Report, language: str, *, colour: bool) -> str:
    """Return the report as text; `colour` adds ANSI colours for a terminal."""
    return "\n".join(_Text(report, language, colour=colour).lines()) + "\n"


class _Text:
    def __init__(self, report: Report, language: str, *, colour: bool) -> None:
        self.report = report
        self.language = language
        self.colour = colour
        self.words = _WORDS.get(language, _WORDS["en"])

    def lines(self) -> Iterator[str]:
        counting = (finding for finding in self.report.findings if finding.counts)
        for file, findings in groupby(counting, key=lambda finding: finding.place.file):
            yield self._paint(visible(file), "1")
            for finding in findings:
                yield from self._finding(finding)
            yield ""
        yield from self._what_if()
        yield from self._fallbacks()
        yield from self._waived()
        for crash in self.report.crashes:
            yield self._paint(f"{self.words['crashed']}: {crash.rule}, {crash.subject}: {visible(crash.error)}", "31")
        yield from self._summary()

    def _finding(self, finding: Finding) -> Iterator[str]:
        message, fix = finding.words(self.language)
        place = f"{finding.place.line}:{finding.place.column}"
        severity = self._paint(str(self.words[finding.severity.value][0]), _COLOURS[finding.severity])
        title = visible(finding.title(self.language))
        yield f"  {place:<8}{severity} {self._paint(finding.rule, '1')} {title}"
        excerpt = _window(self.report.loaded.sources.excerpt(finding.place), finding.place.column)
        if excerpt:
            yield self._paint(f"          | {excerpt}", "2")
        yield from _paragraph(message, "          ")
        if finding.lapsed is not None:
            yield from _paragraph(self._acceptance("lapsed", finding.lapsed), "          ")
        if finding.trail:
            yield from _paragraph(" → ".join(finding.trail), "          ")
        yield from _paragraph(f"{self.words['fix']}: {fix}", "          ")
        if finding.cites:
            cites = ", ".join(cited(one, self.language) for one in finding.cites)
            yield from _paragraph(f"{self.words['cites']}: {cites}", "          ")

    def _waived(self) -> Iterator[str]:
        """Yield what was found and accepted: by whom, until when, why."""
        waived, words = self.report.waived, self.words["waived"]
        if waived:
            yield self._paint(f"{len(waived)} {words[len(waived) != 1]}", "1")
        for finding in waived:
            assert finding.waiver is not None
            place = visible(f"{finding.place.file}:{finding.place.line}:{finding.place.column}")
            severity = self.words[finding.severity.value][0]
            yield f"  {place} {severity} {finding.rule} {visible(finding.title(self.language))}: {finding.subject}"
            yield from _paragraph(self._acceptance("held", finding.waiver), "          ")
        if waived:
            yield ""

    def _acceptance(self, key: str, waiver: Acceptance) -> str:
        reason, by = translate(waiver.reason, self.language), translate(waiver.by, self.language)
        return str(self.words[key]).format(id=waiver.id, by=by, until=waiver.until, reason=reason)

    def _what_if(self) -> Iterator[str]:
        """Yield what would happen without the instruments that the check was to do without."""
        what, register = self.report.what_if, self.report.loaded.register
        if what is not None and register is not None:
            yield from what_if_lines(register, what, self.report.law, str(self.report.on), self.language)
            yield ""

    def _fallbacks(self) -> Iterator[str]:
        """Yield the transfers that do not stand on the first instrument they name."""
        standings, register = self.report.standings, self.report.loaded.register
        if standings is None or register is None:
            return
        for one, transfer in register.transfers.items():
            if not in_place(transfer, self.report.on) or standings.of(one).basis != "fallback":
                continue
            standing = standings.of(one)
            gone = ", ".join(translate(each.name, self.language) for each in standing.gone if each.name is not None)
            on = translate(standing.best.name or "", self.language)
            said = f"{self.words['fallback']}: {one} → {on}"
            yield from _paragraph(f"{said} ({self.words['gone']}: {gone})" if gone else said, "")

    def _summary(self) -> Iterator[str]:
        report, words = self.report, self.words
        counted = [
            self._paint(f"{report.counts[one]} {words[one.value][report.counts[one] != 1]}", _COLOURS[one])
            for one in Severity
            if report.counts[one]
        ]
        if report.waived:
            counted.append(f"{len(report.waived)} {words['waived'][len(report.waived) != 1]}")
        if report.known:
            counted.append(f"{len(report.known)} {words['known']}")
        yield ", ".join(counted) or str(words["none"])
        register = report.loaded.register
        held = ""
        if register is not None:
            sections = ("activities", "services", "parties", "transfers")
            numbers = {one: len(getattr(register, one)) for one in sections}
            counts = [f"{number} {words[one][number != 1]}" for one, number in numbers.items() if number]
            held = f": {', '.join(counts) or words['empty']}"
        stood = ""
        if report.loaded.revision is not None:
            at = report.loaded.revision
            stood = f", {words['stood']}".format(commit=at.short, day=at.committed[:10])
        yield f"{words['checked']} {visible(report.loaded.path)}{stood}{held}"
        reservation = f"; {words['later']}" if report.on > report.law.verified_through else ""
        yield (
            f"{len(report.run)} {words['rules'][len(report.run) != 1]}, {words['on']} {report.on} ({words['data']} {report.law.version}, "
            f"{words['through']} {report.law.verified_through}{reservation})"
        )
        for overlay in report.law.overlays:
            yield from _paragraph(f"{words['own']}: {overlay.kind}/{overlay.name} ({overlay.reason})", "")
        if report.law.supposed:
            yield f"{words['supposed']}: {', '.join(report.law.supposed)}"
        if report.passed_over:
            yield from _paragraph(f"{words['passed']}: {', '.join(report.passed_over)}", "")
        if report.ignored:
            yield from _paragraph(f"{words['ignored']}: {', '.join(report.ignored)}", "")
        if report.gone:
            yield from _paragraph(f"{len(report.gone)} {words['needless']}", "")
        if report.severities:
            weighed = (f"{one} ({words[severity.value][0]})" for one, severity in sorted(report.severities.items()))
            yield from _paragraph(f"{words['weighed']}: {', '.join(weighed)}", "")
        off = sorted({one.pack for one in report.skipped if one.pack})
        if off:
            yield f"{words['packs']}: {', '.join(off)}"
        for why, skipped in groupby(report.unable, key=lambda one: translate(one.why, self.language)):
            number = len(list(skipped))
            yield f"{number} {words['skipped'][number != 1]}: {why}"

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def _window(line: str, column: int) -> str:
    """Return a line without its indent; of a long one, the part around a column."""
    indent = len(line) - len(line.lstrip())
    text, at = visible(line.strip()), column - 1 - indent
    start = max(0, min(at - _EXCERPT // 2, len(text) - _EXCERPT)) if at > _EXCERPT * 3 // 4 else 0
    shown = text[start : start + _EXCERPT]
    return f"{'…' if start else ''}{shown}{'…' if start + _EXCERPT < len(text) else ''}"


def _paragraph(text: str, indent: str) -> list[str]:
    return wrap(visible(text), _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)

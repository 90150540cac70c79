"""Whom and what a thing touches, and what falls with an instrument: as text for the morning after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from textwrap import wrap

from ropa.impact import Impact
from ropa.law import Law, Standing
from ropa.model import Register
from ropa.reports.saying import IMPACT_FIELDS, contact_point, named
from ropa.rules.rule import called
from ropa.rules.wording import in_quotes
from ropa.source import visible
from ropa.source.page import translate
from ropa.what_if import Fall, WhatIf

__all__ = ["impact_lines", "what_if_lines"]

_WORDS = {
    "en": {
        "activities": "activities", "services": "services", "data_subjects": "people", "data": "data",
        "systems": "systems", "parties": "other parties", "transfers": "transfers", "countries": "countries",
        "controllers": "tell these controllers (Art. 33(2))", "special": "special categories (Art. 9)",
        "criminal": "convictions and offences (Art. 10)", "national": "national numbers (Art. 87)",
        "by_hand": "To add by hand (Art. 33(3)): the number of records, the likely consequences, the measures taken.",
        "total": "{falls} would fall, {open} would depend on an open question, {saved} would stand on another instrument.", "number": "number not recorded", "about": "about",
        "dpo": "contact point (Art. 33(3)(b))", "nobody": "not recorded", "nothing": "Nothing in the register depends on it.",
        "if": "If {names} ended on {day}", "falls": "would have nothing to rest on", "saved": "would stand on {name}",
        "open": "would depend on an open question", "none": "No transfer in the register would lose its ground.",
        "idle": "{name} was not in force on that day anyway.", "one": "{number} transfer", "many": "{number} transfers",
    },
    "nl": {
        "activities": "verwerkingen", "services": "diensten", "data_subjects": "betrokkenen", "data": "gegevens",
        "systems": "systemen", "parties": "andere partijen", "transfers": "doorgiften", "countries": "landen",
        "controllers": "licht deze verwerkingsverantwoordelijken in (art. 33 lid 2)",
        "special": "bijzondere categorieën (art. 9)", "criminal": "strafrechtelijke gegevens (art. 10)", "national": "nationale nummers (art. 87)",
        "by_hand": "Zelf aan te vullen (art. 33 lid 3): het aantal records, de waarschijnlijke gevolgen, de genomen maatregelen.",
        "total": "{falls} zouden vervallen, {open} zouden afhangen van een open vraag, {saved} zouden op een ander instrument berusten.",
        "number": "aantal niet vastgelegd", "about": "ongeveer", "dpo": "contactpunt (art. 33 lid 3 onder b)",
        "nobody": "niet vastgelegd", "nothing": "Niets in het register hangt ervan af.",
        "if": "Als {names} op {day} verviel", "falls": "zou nergens meer op berusten", "saved": "zou berusten op: {name}",
        "open": "zou afhangen van een open vraag", "none": "Geen doorgifte in het register zou haar grond verliezen.",
        "idle": "{name} was op die dag al niet van kracht.", "one": "{number} doorgifte", "many": "{number} doorgiften",
    },
    "de": {
        "activities": "Verarbeitungen", "services": "Dienstleistungen", "data_subjects": "betroffene Personen", "data": "Daten",
        "systems": "Systeme", "parties": "andere Beteiligte", "transfers": "Übermittlungen", "countries": "Länder",
        "controllers": "diesen Verantwortlichen melden (Art. 33 Abs. 2)", "special": "besondere Kategorien (Art. 9)",
        "criminal": "Verurteilungen und Straftaten (Art. 10)", "national": "nationale Kennziffern (Art. 87)",
        "by_hand": "Von Hand zu ergänzen (Art. 33 Abs. 3): die Zahl der Datensätze, die wahrscheinlichen Folgen, die ergriffenen Maßnahmen.",
        "total": "{falls} würden wegfallen, {open} würden von einer offenen Frage abhängen, {saved} würden auf einem anderen Instrument beruhen.",
        "number": "Zahl nicht erfasst", "about": "etwa", "dpo": "Anlaufstelle (Art. 33 Abs. 3 lit. b)",
        "nobody": "nicht erfasst", "nothing": "Nichts im Verzeichnis hängt davon ab.",
        "if": "Ohne {names} ab dem {day}", "falls": "hätte keine Grundlage mehr", "saved": "würde auf folgendem Instrument beruhen: {name}",
        "open": "würde von einer offenen Frage abhängen", "none": "Keine Übermittlung im Verzeichnis würde ihre Grundlage verlieren.",
        "idle": "{name} war an diesem Tag ohnehin nicht in Kraft.", "one": "{number} Übermittlung", "many": "{number} Übermittlungen",
    },
    "fr": {
        "activities": "traitements", "services": "prestations", "data_subjects": "personnes concernées", "data": "données",
        "systems": "systèmes", "parties": "autres parties", "transfers": "transferts", "countries": "pays",
        "controllers": "notifier à ces responsables du traitement (art. 33, par. 2)", "special": "catégories particulières (art. 9)",
        "criminal": "condamnations et infractions (art. 10)", "national": "numéros d'identification nationaux (art. 87)",
        "by_hand": "À compléter à la main (art. 33, par. 3) : le nombre d'enregistrements, les conséquences probables, les mesures prises.",
        "total": "{falls} n'auraient plus de fondement, {open} dépendraient d'une question ouverte, {saved} reposeraient sur un autre instrument.",
        "number": "nombre non renseigné", "about": "environ", "dpo": "point de contact (art. 33, par. 3, point b))",
        "nobody": "non renseigné", "nothing": "Rien dans le registre n'en dépend.",
        "if": "Fin supposée le {day} : {names}", "falls": "n'aurait plus de fondement", "saved": "reposerait sur : {name}",
        "open": "dépendrait d'une question ouverte", "none": "Aucun transfert du registre ne perdrait son fondement.",
        "idle": "{name} n'était de toute façon pas en vigueur ce jour-là.", "one": "{number} transfert", "many": "{number} transferts",
    },
}  # fmt: skip
_WIDTH = 100
_LABEL = 18


def impact_lines(register: Register, found: Impact, language: str) -> Iterator[str]:
    """Yield what a thing touches, and the facts that a notification asks for."""
    words = _WORDS.get(language, _WORDS["en"])
    rows = list(_rows(register, found, language, words))
    if not rows:
        yield f"  {words['nothing']}"
        return
    for label, values in rows:
        yield from _row(label, values)
    yield from _row(words["dpo"], [visible(contact_point(register.keeper, language) or words["nobody"])])
    yield from _wrapped(f"  {words['by_hand']}", "    ")


def what_if_lines(register: Register, what: WhatIf, law: Law, day: str, language: str) -> Iterator[str]:
    """Yield what would happen to each transfer whose ground would go."""
    words = _WORDS.get(language, _WORDS["en"])
    names = ", ".join(translate(law.instrument(name)[1].name, language) for name in what.names)
    yield words["if"].format(names=names, day=day)
    for name in what.not_in_force:
        yield f"  {words['idle'].format(name=name)}"
    if not what.falls:
        yield f"  {words['none']}"
    else:
        fates = Counter(fall.fate for fall in what.falls)
        yield "  " + words["total"].format(falls=fates["falls"], open=fates["open"], saved=fates["saved"])
    for fall in what.falls:
        yield from _fall(register, fall, language, words)


def _fall(register: Register, fall: Fall, language: str, words: dict[str, str]) -> Iterator[str]:
    name = visible(translate(called(register, ("transfers", fall.transfer)), language))
    fate = words[fall.fate].format(name=_resting_on(fall.after, language))
    yield from _wrapped(f"  {fall.transfer} {in_quotes(name, language)} {fate}", "    ")
    if fall.fate == "open" and fall.after.best.question is not None:
        yield from _wrapped(f"    {translate(fall.after.best.question, language)}", "    ")
    for label, values in _rows(register, fall.impact, language, words):
        if label != words["transfers"]:
            yield from _row(label, values, "    ")


def _resting_on(standing: Standing, language: str) -> str:
    return translate(standing.best.name, language) if standing.best.name is not None else ""


def _rows(register: Register, found: Impact, language: str, words: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield a label and what stands beside it, for each field that holds anything."""
    for field in IMPACT_FIELDS:
        ids = getattr(found, field)
        if field == "data_subjects":
            values = [_people(register, one, language, words) for one in ids]
        else:
            values = [visible(named(register, field, one, language)) for one in ids]
        if values:
            yield words[field], values
    special = [
        one for one in found.data if isinstance(register.data[one].special, tuple) and register.data[one].special
    ]
    criminal = [one for one in found.data if register.data[one].criminal == "yes"]
    national = [one for one in found.data if register.data[one].numbered]
    for label, some in (("special", special), ("criminal", criminal), ("national", national)):
        if some:
            yield words[label], [visible(named(register, "data", one, language)) for one in some]
    if found.countries:
        yield words["countries"], [", ".join(found.countries)]


def _people(register: Register, one: str, language: str, words: dict[str, str]) -> str:
    number = register.data_subjects[one].number
    said = words["number"] if not isinstance(number, int) else f"{words['about']} {number}"
    return f"{visible(named(register, 'data_subjects', one, language))} ({said})"


def _row(label: str, values: list[str], indent: str = "  ") -> Iterator[str]:
    """Yield a label with its values, one a line."""
    if len(label) >= _LABEL:
        yield f"{indent}{label}"
        label = ""
    for value in values:
        yield from _wrapped(f"{indent}{label:<{_LABEL}}{value}", indent + " " * (_LABEL + 2))
        label = ""


def _wrapped(text: str, indent: str) -> list[str]:
    return wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False, drop_whitespace=True) or [""]

"""Citations in the reader's language: `GDPR 6(1)(f)` is art. 6 lid 1 onder f AVG."""

from __future__ import annotations

import re

__all__ = ["cited"]

_PROVISION = re.compile(r"GDPR (\d+)(?:\((\d+)\))?(?:\(([a-z])\))?( .*)?")
_FORMS = {
    "nl": ("art. {article}{paragraph}{point} AVG{rest}", " lid {}", " onder {}"),
    "de": ("Art. {article}{paragraph}{point}{rest} DSGVO", " Abs. {}", " lit. {}"),
    "fr": ("art. {article}{paragraph}{point}{rest} RGPD", ", par. {}", ", point {})"),
}


_DEFINITIONS = {"nl": " punt {}", "de": " Nr. {}", "fr": ", point {}"}
_ACTS = {
    r"GDPR recital (\d+)": {"nl": r"overweging AVG \1", "de": r"ErwGr. \1 DSGVO", "fr": r"considérant \1 RGPD"},
    r"TFEU (\d\S*)": {"nl": r"VWEU \1", "de": r"Art. \1 AEUV", "fr": r"Art. \1 TFUE"},
    r"UAVG (\d\S*)": {"de": r"Art. \1 UAVG", "fr": r"Art. \1 UAVG"},
    r"^((?:Implementing Decision|Directive) [^,]+) (Art\. \S+)$": {"de": r"\2 \1", "fr": r"\2 de la \1"},
    r"Implementing Decision \(EU\)": {
        "nl": "Uitvoeringsbesluit (EU)",
        "de": "Durchführungsbeschluss (EU)",
        "fr": "décision d'exécution (UE)",
    },
    r"European Council Decision (\d+/\d+)/EU": {
        "de": r"Beschluss \1/EU des Europäischen Rates",
        "fr": r"décision \1/UE du Conseil européen",
    },
    r"Decision of the EEA Council No ": {
        "de": "Beschluss des EWR-Rates Nr. ",
        "fr": "décision du Conseil de l'EEE n° ",
    },
    r"Decision (\d+/\d+)/EC": {"de": r"Entscheidung \1/EG", "fr": r"décision \1/CE"},
    r"Decision (\d+/\d+)/EU": {"de": r"Beschluss \1/EU", "fr": r"décision \1/UE"},
    r"Directive \(EU\)": {"nl": "Richtlijn (EU)", "de": "Richtlinie (EU)", "fr": "directive (UE)"},
    r"Directive (\d+/\d+)/EC": {"de": r"Richtlinie \1/EG", "fr": r"directive \1/CE"},
    r"Regulation \(EU\)": {"nl": "Verordening (EU)", "de": "Verordnung (EU)", "fr": "règlement (UE)"},
    r"EDPB Recommendations ([\d/]+)": {
        "nl": r"EDPB-aanbevelingen \1",
        "de": r"EDSA-Empfehlungen \1",
        "fr": r"recommandations \1 du CEPD",
    },
    r"EDPB Guidelines ([\d/]+)": {
        "nl": r"EDPB-richtsnoeren \1",
        "de": r"EDSA-Leitlinien \1",
        "fr": r"lignes directrices \1 du CEPD",
    },
    r"EDPB Opinion ([\d/]+)": {"de": r"EDSA-Stellungnahme \1", "fr": r"avis \1 du CEPD"},
    r" as a tool for transfers": {"de": " als Instrument für Übermittlungen", "fr": " comme instrument de transfert"},
    r"Treaty establishing the European Economic Community": {
        "de": "Vertrag zur Gründung der Europäischen Wirtschaftsgemeinschaft",
        "fr": "traité instituant la Communauté économique européenne",
    },
    r"Treaty on the Functioning of the European Union": {
        "de": "Vertrag über die Arbeitsweise der Europäischen Union",
        "fr": "traité sur le fonctionnement de l'Union européenne",
    },
    r"Treaty on European Union": {"de": "Vertrag über die Europäische Union", "fr": "traité sur l'Union européenne"},
    r"Treaty of Accession (\d+)": {"de": r"Beitrittsvertrag von \1", "fr": r"traité d'adhésion de \1"},
    r"Act of Accession (\d+)": {"de": r"Beitrittsakte von \1", "fr": r"acte d'adhésion de \1"},
    r"Greenland Treaty of 13 March 1984": {
        "de": "Grönland-Vertrag vom 13. März 1984",
        "fr": "traité sur le Groenland du 13 mars 1984",
    },
    r"Agreement on the withdrawal of the United Kingdom": {
        "de": "Abkommen über den Austritt des Vereinigten Königreichs",
        "fr": "accord sur le retrait du Royaume-Uni",
    },
    r"Agreement on the European Economic Area": {
        "de": "Abkommen über den Europäischen Wirtschaftsraum",
        "fr": "accord sur l'Espace économique européen",
    },
    r"EU-UK Trade and Cooperation Agreement": {
        "de": "Handels- und Kooperationsabkommen EU-Vereinigtes Königreich",
        "fr": "accord de commerce et de coopération UE-Royaume-Uni",
    },
    r"FDPIC, recognition of the EU clauses, 27 August 2021": {
        "de": "EDÖB, Anerkennung der EU-Klauseln, 27. August 2021",
        "fr": "PFPDT, reconnaissance des clauses de l'UE, 27 août 2021",
    },
    r"Act No 78-17 \(France\)": {"de": "Gesetz Nr. 78-17 (Frankreich)", "fr": "de la loi n° 78-17 (France)"},
    r"Act of 30 July 2018 \(Belgium\)": {
        "de": "Gesetz vom 30. Juli 2018 (Belgien)",
        "fr": "de la loi du 30 juillet 2018 (Belgique)",
    },
    r"Public Health Code \(France\)": {
        "de": "Gesetzbuch über das öffentliche Gesundheitswesen (Frankreich)",
        "fr": "du code de la santé publique (France)",
    },
    r"Decree No 2019-341 \(France\)": {"de": "Dekret Nr. 2019-341 (Frankreich)", "fr": "décret n° 2019-341 (France)"},
    r"§ (\d+)\((\d+)\)": {"de": r"§ \1 Abs. \2", "fr": r"§ \1, al. \2"},
    r"OJ ([LC]) (\d+), ([\d.]+), p\. (\d+)": {"de": r"ABl. \1 \2 vom \3, S. \4", "fr": r"JO \1 \2 du \3, p. \4"},
    r"OJ (?=[LC],)": {"de": "ABl. ", "fr": "JO "},
    r",? second subparagraph": {"de": " UAbs. 2", "fr": ", deuxième alinéa"},
    r"; ": {"fr": " ; "},
    r"\brecital (?=\d)": {"de": "ErwGr. ", "fr": "considérant "},
    r"\bAnnex (?=[IVX])": {"de": "Anhang ", "fr": "annexe "},
    r"\bProtocol (?=\d)": {"de": "Protokoll ", "fr": "protocole n° "},
}
"""What an act is called and how a place in it is cited, by the pattern of what is written in English."""

_PLACES = re.compile(r"Art\. \d+(?:\(\w\))*(?:(?:, | and )(?:\d+|\(\d\))(?:\(\w\))*(?![\d./]))*")
_PLACE = re.compile(r"(Art\. |, | and )(\d*)((?:\(\w\))*)")
_ARTICLE = {"nl": "art.", "de": "Art.", "fr": "art."}
_AND = {"de": " und ", "fr": " et "}


def cited(provision: str, language: str) -> str:
    """Return a provision as lawyers cite it in a language; other acts, and other languages, as they are written."""
    found = _PROVISION.fullmatch(provision)
    if found is None or language not in _FORMS:
        return _elsewhere(provision, language)
    whole, paragraph, point = _FORMS[language]
    if found[1] == "4":  # a list of definitions
        paragraph = _DEFINITIONS[language]
    return whole.format(
        article=found[1],
        paragraph=paragraph.format(found[2]) if found[2] else "",
        point=point.format(found[3]) if found[3] else "",
        rest=_elsewhere(found[4] or "", language),
    )


def _elsewhere(provision: str, language: str) -> str:
    """Return a provision that is not of the GDPR, or what follows one: the words that are known, the rest as it is."""
    for english, words in _ACTS.items():
        if language in words:
            provision = re.sub(english, words[language], provision)
    if language in _AND:
        provision = _PLACES.sub(lambda found: _PLACE.sub(lambda one: _place(one, language), found[0]), provision)
    return provision.replace("Art.", _ARTICLE.get(language, "Art."))


def _place(found: re.Match[str], language: str) -> str:
    """Return an article of a list of them, or another paragraph of the one before: `, 46(4)`, ` and (4)`."""
    _, paragraph, point = _FORMS[language]
    between, article, marks = found.groups()
    said = "".join((paragraph if mark.isdigit() else point).format(mark) for mark in re.findall(r"\w", marks))
    said = f"Art. {article}{said}" if article else said.lstrip(", ")
    return {"Art. ": "", " and ": _AND[language]}.get(between, between) + said

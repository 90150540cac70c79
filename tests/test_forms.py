"""The layouts after the forms of authorities: headings, bands and order as the forms have them, and what their cells say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import ropa
from ropa.workbook.layout import Sheet, layout
from ropa.workbook.sheets import FIRST, HEADS, KEYS

DAY = date(2026, 11, 22)

ICO = """\
Business function
Purpose of processing
Name and contact details of joint controller (if applicable)
Categories of individuals
Categories of personal data
Categories of recipients
Link to contract with processor
Names of third countries or international organisations that personal data are transferred to (if applicable)
Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)
Retention schedule (if possible)
General description of technical and organisational security measures (if possible)
Article 6 lawful basis for processing personal data
Article 9 condition for processing special category data
Legitimate interests for the processing (if applicable)
Link to record of legitimate interests assessment (if applicable)
Rights available to individuals
Existence of automated decision-making, including profiling (if applicable)
The source of the personal data (if applicable)
Link to record of consent
Location of personal data
Data Protection Impact Assessment required?
Data Protection Impact Assessment progress
Link to Data Protection Impact Assessment
Has a personal data breach occurred?
Link to record of personal data breach
Data Protection Act 2018 Schedule 1 Condition for processing
GDPR Article 6 lawful basis for processing
Link to retention and erasure policy document
Is personal data retained and erased in accordance with the policy document?
Reasons for not adhering to policy document (if applicable)""".splitlines()
"""Columns A–AD of the controllers' template."""

ICO_BANDS = [
    ("Article 30 Record of Processing Activities", 11),
    ("Privacy Notices", 7),
    ("Consent", 1),
    ("Access Requests", 1),
    ("Data Protection Impact Assessments", 3),
    ("Personal Data Breaches", 2),
    ("Data Protection Act 2018 - Special Category or Criminal Conviction and Offence data", 5),
]

CNIL_LIST = [
    ("Identification du traitement", "Nom du traitement"),
    ("Identification du traitement", "N° / RÉF"),
    ("Identification du traitement", "Date de création de la fiche"),
    ("Identification du traitement", "Dernière mise à jour de la fiche"),
    ("Finalité du traitement", "Finalité du traitement"),
    ("Données sensibles ?", "Oui/non"),
]

CNIL_SHEET = [  # the rows it numbers are one row here; a row of columns is headed by their words
    ("Description du traitement", "Nom du traitement"),
    ("Description du traitement", "N° / RÉF"),
    ("Description du traitement", "Date de création du traitement"),
    ("Description du traitement", "Mise à jour du traitement"),
    ("Acteurs", "Responsable du traitement"),
    ("Acteurs", "Délégué à la protection des données"),
    ("Acteurs", "Représentant"),
    ("Acteurs", "Responsable(s) conjoint(s)"),
    ("Finalité(s) du traitement effectué", "Finalité principale"),
    ("Finalité(s) du traitement effectué", "Sous-finalités"),
    ("Catégories de données personnelles concernées", "Description"),
    ("Catégories de données personnelles concernées", "Durée de conservation"),
    ("Données sensibles", "Description"),
    ("Données sensibles", "Durée de conservation"),
    ("Catégories de personnes concernées", "Description · Précisions"),
    ("Destinataires", "Type de destinataire · Précisions"),
    ("Mesures de sécurité", "Type de mesure de sécurité · Précisions"),
    ("Transferts hors UE", "Destinataire · Pays · Type de Garanties"),
]

APD_RED = {
    "nl": [
        "Doel verwerking", "Functionele gegevenscategorie", "Categorie betrokkenen", "Bewaartermijn",
        "Categorie ontvangers", "Derde land/Internationaal", "Document waarborgen", "Beschrijving beveiligingsmaatregelen",
    ],
    "fr": [
        "Finalité du traitement", "Catégorie de données fonctionnelles", "Catégorie de personnes concernées",
        "Délai de conservation", "Catégorie(s) de destinataires", "Pays tiers / international",
        "Documents relatifs aux garanties", "Description des mesures de sécurité",
    ],
}  # fmt: skip
"""A vendor's words; the French of the seventh is ours."""

TEXT = """ropa: 1
language: en
controller:
  name: Example Ltd
  country: IE
  dpo: {name: Officer, contact: {email: dpo@example.org}}
  representative: none
activities:
  care:
    name: Care
    owner: Nursing
    purposes:
      treating:
        name: treating
        data: [health]
        legal_basis: {article: 6(1)(e), provision: Care Act 3}
        special_categories: [{condition: 9(2)(h), provision: Schedule 1 part 1}, {condition: 9(2)(i)}, {condition: 9(2)(a)}]
      billing: {name: billing, data: [address], legal_basis: {article: 6(1)(b), contract: care}}
    data: [health, address]
    retention: [{data: [health], period: P20Y}, {data: [address], period: P7Y}]
    recipients: [lab, host]
  mail:
    name: Mail
    purposes: {sending: {name: sending, legal_basis: {article: 6(1)(a)}}}
    data: [address]
  other: {name: Other, data: [plain]}
parties:
  lab: {name: Lab, country: US}
  host: {name: Host, country: US}
data: {health: {name: health, special: [health]}, address: {name: address}, plain: {name: plain, special: none}}
transfers:
  to-lab: {to: lab, instruments: [{derogation: 49(1) second subparagraph, safeguards: sealed samples}]}
  to-host: {to: host, instruments: [{clauses: scc-2021}]}
"""


def headed(sheet: Sheet, language: str) -> list[tuple[str, str]]:
    """Return the band and the heading of each column, with plain blanks."""
    return [
        (sheet.bands[column.band][language].replace("\u00a0", " ") if column.band else "", column.label[language])
        for column in sheet.columns
        if column.key != "extensions"
    ]


def said(tmp_path: Path, form: str, sheet: str, one: str, *, language: str = "en", text: str = TEXT) -> dict[str, str]:
    """Return what a record's row says, by key."""
    loaded = ropa.load_text(text)
    assert not loaded.problems
    ropa.export(ropa.check(loaded, on=DAY), tmp_path / "x.xlsx", language=language, layout=form)
    read = CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    rows = [list(map(str, row)) for row in read]
    keys = [key.partition(".")[2].partition(".")[2] for key in rows[KEYS - 1]]
    return dict(zip(keys, next(row for row in rows[FIRST - 1 :] if row[keys.index("id")] == one), strict=True))


def test_the_thirty_headings_of_the_ico_in_order(tmp_path: Path) -> None:
    register = layout("ico").sheets[0]
    found = headed(register, "en")
    assert found[0] == ("", "Processing activity"), "the name, for which the form has no column, stands before column A"
    assert [heading for _, heading in found[1:]] == ICO
    assert [band for band, _ in found[1:]] == [band for band, number in ICO_BANDS for _ in range(number)]
    ropa.export(ropa.check(ropa.load_text(TEXT), on=DAY), tmp_path / "x.xlsx", language="en", layout="ico")
    rows = (
        CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_name("Controller").to_python(skip_empty_area=False)
    )
    assert rows[HEADS - 1][1:31] == ICO


def test_the_list_and_the_sheet_of_the_cnil() -> None:
    register, fiches = layout("cnil").sheets[:2]
    assert [one for one in headed(register, "fr") if one[0] != "complémentaire"] == CNIL_LIST
    assert [one for one in headed(fiches, "fr") if one[0] != "Compléments"] == CNIL_SHEET


@pytest.mark.parametrize("language", APD_RED)
def test_the_red_headings_of_the_apd(language: str) -> None:
    register = layout("apd").sheets[0]
    assert register.marks == "red"
    assert [column.label[language] for column in register.columns if column.required] == APD_RED[language]


def test_the_ico_asks_for_exceptional_safeguards_and_national_conditions_only(tmp_path: Path) -> None:
    care = said(tmp_path, "ico", "Controller", "care")
    assert (care["name"], care["owner"]) == ("Care", "Nursing")
    assert care["exceptional"] == "Lab: sealed samples"
    assert care["provisions"] == "•\u00a0Schedule 1 part 1\n•\u00a0not recorded"
    assert care["sensitive_basis"] == "treating: Public task (Art. 6(1)(e)): Care Act 3"
    assert "Art. 9" not in care["article_6"]
    mail = said(tmp_path, "ico", "Controller", "mail")
    assert (mail["exceptional"], mail["provisions"], mail["sensitive_basis"]) == ("not recorded", "", "")


@pytest.mark.parametrize(
    ("safeguards", "says"),
    [("49(1) second subparagraph}", "Lab: not recorded"), ("49(1)(a)}", "no transfer under Art. 49(1), second subparagraph")],
)  # fmt: skip
def test_an_exceptional_transfer_without_safeguards_is_a_gap(safeguards: str, says: str, tmp_path: Path) -> None:
    text = TEXT.replace("49(1) second subparagraph, safeguards: sealed samples}", safeguards)
    assert text != TEXT
    assert said(tmp_path, "apd", "Register", "care", text=text)["exceptional"] == says


def test_the_cnil_asks_yes_or_no_for_sensitive_data_and_what_is_not_said_is_not_a_no(tmp_path: Path) -> None:
    found = [
        said(tmp_path, "cnil", "Liste des traitements", one, language="fr")["sensitive"]
        for one in ("care", "mail", "other")
    ]
    assert found == ["oui", "non renseigné", "non"]


def test_the_sheet_of_the_cnil_names_officer_representative_and_the_retention_of_sensitive_data(tmp_path: Path) -> None:
    ropa.export(ropa.check(ropa.load_text(TEXT), on=DAY), tmp_path / "x.xlsx", language="fr", layout="cnil")
    read = CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_name("1 Care").to_python(skip_empty_area=False)
    card = {str(row[0]): str(row[2]).replace("\u00a0", " ") for row in read}
    assert card["controller"] == "Example Ltd, Irlande"
    assert card["dpo"] == "Officer, dpo@example.org"
    assert card["representative"] == "néant"
    assert (card["main_purpose"], card["sub_purposes"]) == ("treating [en]", "billing [en]")
    assert card["sensitive_retention"] == "health : 20 ans"


def test_a_processor_names_the_sub_processors_with_their_contact_details(tmp_path: Path) -> None:
    text = """ropa: 1
language: en
processor: {name: P}
services: {s: {name: Hosting, controllers: [client], sub_processors: [host]}}
parties:
  client: {name: Client, contact: {email: c@example.org}, representative: {name: Agent, contact: {phone: "1"}}}
  host: {name: Host, contact: {email: h@example.org}}
"""
    found = said(tmp_path, "processor", "Services", "s", text=text)
    assert found["on_behalf"] == "Client: c@example.org; Representative (Art. 27): Agent, 1"
    assert found["through"] == "Host: h@example.org"


def test_a_french_line_does_not_begin_with_its_punctuation(tmp_path: Path) -> None:
    care = said(tmp_path, "apd", "Registre", "care", language="fr")
    assert "health\u00a0: 20 ans" in care["retention"]
    assert all(f" {mark}" not in text for text in care.values() for mark in ";:!?")

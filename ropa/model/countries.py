"""The country codes of ISO 3166-1 (alpha-2), and XK, the user-assigned code of Kosovo."""

from __future__ import annotations

__all__ = ["COUNTRIES", "COUNTRY_PATTERN", "MISTAKEN", "country_meant"]

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
COUNTRIES = tuple(_CODES.split())

COUNTRY_PATTERN = f"^({'|'.join(COUNTRIES)})$"

MISTAKEN = {"UK": "GB", "EL": "GR", "XI": "GB", "EN": "GB", "EU": None, "EEA": None}
"""Codes that people write and ISO 3166-1 does not have, with the one that is meant."""


def country_meant(text: str) -> str | None:
    """Return the ISO 3166-1 code that somebody means who writes a code, or None: `uk` means GB, `el` GR."""
    code = text.strip().upper()
    return code if code in COUNTRIES else MISTAKEN.get(code)

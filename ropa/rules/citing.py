"""Citations in the reader's language: `GDPR 6(1)(f)` is art. 6 lid 1 onder f AVG."""

from __future__ import annotations

import re

__all__ = ["cited"]

_PROVISION = re.compile(r"GDPR (\d+)(?:\((\d+)\))?(?:\(([a-z])\))?( .*)?")
_FORMS = {
    "nl": ("art. {article}{paragraph}{point} AVG", " lid {}", " onder {}"),
    "de": ("Art. {article}{paragraph}{point} DSGVO", " Abs. {}", " lit. {}"),
    "fr": ("art. {article}{paragraph}{point} RGPD", ", par. {}", ", point {})"),
}


_DEFINITIONS = {"nl": " punt {}", "de": " Nr. {}", "fr": ", point {}"}
_ACTS = {
    "Implementing Decision (EU)": {
        "nl": "Uitvoeringsbesluit (EU)",
        "de": "Durchführungsbeschluss (EU)",
        "fr": "décision d'exécution (UE)",
    },
    "Directive (EU)": {"nl": "Richtlijn (EU)", "de": "Richtlinie (EU)", "fr": "directive (UE)"},
    "Regulation (EU)": {"nl": "Verordening (EU)", "de": "Verordnung (EU)", "fr": "règlement (UE)"},
    "EDPB Recommendations": {"nl": "EDPB-aanbevelingen", "de": "EDSA-Empfehlungen", "fr": "recommandations du CEPD"},
    "EDPB Guidelines": {"nl": "EDPB-richtsnoeren", "de": "EDSA-Leitlinien", "fr": "lignes directrices du CEPD"},
    "GDPR recital": {"nl": "overweging AVG", "de": "Erwägungsgrund DSGVO", "fr": "considérant RGPD"},
    "TFEU": {"nl": "VWEU", "de": "AEUV", "fr": "TFUE"},
    "Art.": {"nl": "art.", "fr": "art."},
}


def cited(provision: str, language: str) -> str:
    """Return a provision as lawyers cite it in a language; other acts, and other languages, as they are written."""
    found = _PROVISION.fullmatch(provision)
    if found is None or language not in _FORMS:
        for english, words in _ACTS.items():
            provision = provision.replace(english, words.get(language, english))
        return provision
    whole, paragraph, point = _FORMS[language]
    if found[1] == "4":  # a list of definitions
        paragraph = _DEFINITIONS[language]
    said = whole.format(
        article=found[1],
        paragraph=paragraph.format(found[2]) if found[2] else "",
        point=point.format(found[3]) if found[3] else "",
    )
    return said + (found[4] or "")

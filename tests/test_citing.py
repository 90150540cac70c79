"""Provisions as lawyers cite them, by language."""

import pytest

from ropa.rules.citing import cited


@pytest.mark.parametrize(
    ("provision", "language", "said"),
    [
        ("GDPR 6(1)(f)", "en", "GDPR 6(1)(f)"),
        ("GDPR 6(1)(f)", "nl", "art. 6 lid 1 onder f AVG"),
        ("GDPR 6(1)(f)", "de", "Art. 6 Abs. 1 lit. f DSGVO"),
        ("GDPR 6(1)(f)", "fr", "art. 6, par. 1, point f) RGPD"),
        ("GDPR 44", "nl", "art. 44 AVG"),
        ("GDPR 5(2)", "nl", "art. 5 lid 2 AVG"),
        ("GDPR 4(9)", "nl", "art. 4 punt 9 AVG"),
        ("GDPR recital 111", "nl", "overweging AVG 111"),
        ("C-311/18", "nl", "C-311/18"),
        ("TFEU 355", "nl", "VWEU 355"),
        ("Implementing Decision (EU) 2021/914 Art. 1(1)", "nl", "Uitvoeringsbesluit (EU) 2021/914 art. 1(1)"),
    ],
)
def test_cited(provision: str, language: str, said: str) -> None:
    assert cited(provision, language) == said

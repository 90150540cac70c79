"""DE02: a German organisation with so many people in automated processing has no data protection officer."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, known
from ropa.rules.dpo.dpo_missing import dpo_missing
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("DE02", on=Organisation, severity=Severity.ERROR, cites=("§ 38(1) BDSG", "GDPR 37(4)"), pack="DE")
def de_dpo_20(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """As many persons as § 38(1) BDSG names are in automated processing, and no data protection officer is recorded."""
    staff, least = organisation.automated_staff, ctx.law.number("de-dpo", ctx.day)
    if not isinstance(staff, int) or least is None or staff < least:
        return
    if organisation.public_authority == "yes" or known(organisation.dpo):  # § 38 is for private bodies
        return
    if any(one.says in ("monitoring", "sensitive") for one in dpo_missing.looks(organisation, ctx)):
        return  # the same gap, for which Art. 37(1) is reason enough
    unknown = organisation.dpo == "unknown"
    yield Problem.on(
        "dpo", says="unknown" if unknown else "missing", severity=Severity.WARNING if unknown else None,
        organisation=ctx.called(), staff=staff, least=least,
    )  # fmt: skip

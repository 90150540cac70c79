"""CON06: children who consent before the law lets them."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis, known
from ropa.rules.con import consent_of
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement
from ropa.source import Words


@rule("CON06", on=ConsentBasis, severity=Severity.ERROR, cites=("GDPR 8(1)",), unless=for_law_enforcement)
def child_below_age(basis: ConsentBasis, ctx: Context) -> Iterator[Problem]:
    """A child consents to an online service below the age of the law, without whoever holds parental responsibility."""
    child = consent_of(basis).child
    if child == "unknown":
        yield Problem.on("consent", "child", says="offered", severity=Severity.WARNING, purpose=ctx.called())
    if not known(child) or child.parental == "yes":
        return
    own, at = child.minimum_age, ("consent", "child", "minimum_age")
    country, age = _age_of_the_law(ctx)
    if not isinstance(own, int):
        yield Problem.on(*at, says="age", severity=Severity.WARNING, purpose=ctx.called())
    elif age is None or own >= age:
        return
    elif country is None:
        yield Problem.on(*at, says="country", severity=Severity.WARNING, purpose=ctx.called(), own=own, age=age)
    else:
        unknown = child.parental == "unknown"
        says, severity = ("parental", Severity.WARNING) if unknown else ("below", None)
        yield Problem.on(*at, says=says, severity=severity, purpose=ctx.called(), own=own, age=age, country=country)


def _age_of_the_law(ctx: Context) -> tuple[Words | str | None, int | None]:
    """Return the controller's country and the age of its law; if none is known, no country and the age of Art. 8(1)."""
    country = ctx.register.keeper.country if ctx.register.keeper is not None else None
    if country is not None and country != "unknown":
        age = ctx.law.number(f"consent-age-{country.lower()}", ctx.day)
        territory = ctx.law.territory(country)
        if age is not None and territory is not None:
            return territory.name, age
    return None, ctx.law.number("consent-age", ctx.day)

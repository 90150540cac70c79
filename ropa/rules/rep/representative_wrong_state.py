"""REP02: a representative that is not established in the Union."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, Person
from ropa.rules.rep import in_union, may_need_one
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("REP02", on=Organisation, severity=Severity.ERROR, cites=("GDPR 27(3)", "GDPR 4(17)"))
def representative_wrong_state(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """An organisation outside the Union has designated a representative that is outside the Union too."""
    person = organisation.representative
    if not isinstance(person, Person) or person.country is None or in_union(ctx, person.country):
        return
    if may_need_one(organisation, ctx):
        yield Problem.on(
            "representative", "country", organisation=ctx.called(), person=person.name, country=person.country
        )

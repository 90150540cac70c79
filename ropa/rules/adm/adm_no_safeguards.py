"""ADM02: an automated decision without the safeguards of Art. 22(3)."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, AutomatedDecision
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import activity_of, for_law_enforcement

_SAFEGUARDS = {
    "human_intervention": {
        "en": "human intervention",
        "nl": "menselijke tussenkomst",
        "de": "Eingreifen einer Person",
        "fr": "intervention humaine",
    },
    "own_view": {
        "en": "expressing one's point of view",
        "nl": "het standpunt kenbaar maken",
        "de": "Darlegung des eigenen Standpunkts",
        "fr": "expression de son point de vue",
    },
    "contest": {
        "en": "contesting the decision",
        "nl": "het besluit aanvechten",
        "de": "Anfechtung der Entscheidung",
        "fr": "contestation de la décision",
    },
}


@rule("ADM02", on=AutomatedDecision, severity=Severity.ERROR, cites=("GDPR 22(3)",), unless=for_law_enforcement)
def adm_no_safeguards(decision: AutomatedDecision, ctx: Context) -> Iterator[Problem]:
    """A decision on contract or consent lacks human intervention, the person's own view, or a way to contest it."""
    activity = activity_of(ctx)
    if decision.ground not in ("22(2)(a)", "22(2)(c)"):
        return
    stated = {one: getattr(decision, one) for one in _SAFEGUARDS}
    if stated["human_intervention"] is None and _right_is_offered(activity, ctx):
        stated["human_intervention"] = "yes"
    refused = [one for one, fact in stated.items() if fact == "no"]
    lacking = refused or [one for one, fact in stated.items() if fact != "yes"]
    if lacking:
        yield Problem.on(
            lacking[0],
            says="refused" if refused else "unset",
            severity=None if refused else Severity.WARNING,
            activity=ctx.called(),
            safeguards={
                language: ", ".join(_SAFEGUARDS[one][language] for one in lacking)
                for language in ("en", "nl", "de", "fr")
            },
            fields=", ".join(f"`{one}`" for one in lacking),
        )


def _right_is_offered(activity: Activity, ctx: Context) -> bool:
    """Tell whether human intervention is among the rights that are granted: for the activity, else for all."""
    for rights in (activity.rights, ctx.register.rights):
        if rights is not None and "human-intervention" in rights:
            return rights["human-intervention"].offered == "yes"
    return False

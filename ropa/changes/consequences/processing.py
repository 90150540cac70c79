"""What the processing itself becomes: data, people, bases, decisions, periods, measures, its end (Art. 5, 6, 9, 10, 22, 32)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.changes.comparing import Change
from ropa.changes.consequences.catalogue import Meaning, consequence
from ropa.changes.versions import Side, Sides, said_period
from ropa.languages import LANGUAGES
from ropa.model import Activity, Purpose
from ropa.model.period import longer
from ropa.rules.rule import called
from ropa.rules.wording import in_a_row
from ropa.source import Fact, Path, Words
from ropa.workbook.words import word

__all__: list[str] = []


@consequence("special-categories", cites=("GDPR 35(3)(b)",))
def special_categories(sides: Sides) -> Iterator[Meaning]:
    """An activity processes special categories of data, or data on offences, that it did not process before."""
    for one, after in sides.head.activities():
        before = sides.base.activity(one)
        for says, cites, of in (
            ("special", ("GDPR 9(1)", "GDPR 9(2)"), _special),
            ("criminal", ("GDPR 10",), _criminal),
        ):
            had = set(of(sides.base, before)) if before is not None else set()
            new = [each for each in of(sides.head, after) if each not in had]
            if new:
                data = in_a_row([called(sides.head.register, ("data", each)) for each in dict.fromkeys(each for each, _ in new)])  # fmt: skip
                facts: dict[str, Fact] = {"activity": sides.head.named("activities", one), "data": data}
                reasons = sides.because(("activities", one), *(("data", each) for each, _ in new))
                yield Meaning(("activities", one), says, facts, reasons, cites)


def _special(side: Side, activity: Activity) -> Iterator[tuple[str, str]]:
    for one in side.data(activity):
        special = side.register.data[one].special
        yield from ((one, kind) for kind in (special if isinstance(special, tuple) else ()))


def _criminal(side: Side, activity: Activity) -> Iterator[tuple[str, str]]:
    return ((one, "criminal") for one in side.data(activity) if side.register.data[one].criminal == "yes")


@consequence("children", cites=("GDPR 8", "GDPR 12(1)", "GDPR recital 38"))
def children(sides: Sides) -> Iterator[Meaning]:
    """An activity concerns children, and did not before."""
    for one, after in sides.head.activities():
        before = sides.base.activity(one)
        had = _children(sides.base, before) if before is not None else []
        new = [each for each in _children(sides.head, after) if each not in had]
        if new:
            people = in_a_row([called(sides.head.register, ("data_subjects", each)) for each in new])
            facts: dict[str, Fact] = {"activity": sides.head.named("activities", one), "people": people}
            reasons = sides.because(("activities", one), *(("data_subjects", each) for each in new))
            yield Meaning(("activities", one), "new", facts, reasons)


def _children(side: Side, activity: Activity) -> list[str]:
    return [one for one in side.data_subjects(activity) if side.register.data_subjects[one].children == "yes"]


@consequence("automated-decisions", cites=("GDPR 22(1)", "GDPR 22(3)", "GDPR 13(2)(f)", "GDPR 35(3)(a)"))
def automated_decisions(sides: Sides) -> Iterator[Meaning]:
    """An activity takes automated decisions, and did not before."""
    for one, after in sides.head.activities():
        before = sides.base.activity(one)
        had = before is not None and isinstance(before.automated_decisions, tuple) and before.automated_decisions
        if isinstance(after.automated_decisions, tuple) and after.automated_decisions and not had:
            path: Path = ("activities", one)
            reasons = sides.because((*path, "automated_decisions")) or sides.because(path)
            yield Meaning(path, "new", {"activity": sides.head.named("activities", one)}, reasons)


@consequence("basis-changed", cites=("GDPR 5(1)(a)", "GDPR 6(1)"))
def basis_changed(sides: Sides) -> Iterator[Meaning]:
    """A purpose rests on another legal basis than before."""
    for one, before, after in sides.changed():
        for key, purpose in after.purpose_records().items():
            was = _articles(before.purpose_records().get(key))
            now = _articles(purpose)
            if was and now and was != now:
                lost, won = "6(1)(a)" in was - now, "6(1)(a)" in now - was
                says, cites = ("from-consent", ("GDPR 17(1)(b)",)) if lost else ("to-consent", ("GDPR 7(1)",)) if won else ("other", ())  # fmt: skip
                facts: dict[str, Fact] = {"purpose": purpose.name, "before": _bases(was), "after": _bases(now)}
                path: Path = ("activities", one, "purposes", key)
                yield Meaning(path, says, facts, sides.because((*path, "legal_basis")), cites)


def _articles(purpose: Purpose | None) -> set[str]:
    return {basis.article for basis in purpose.bases} if purpose is not None else set()


def _bases(articles: set[str]) -> Words:
    return in_a_row([{one: word("basis", article, one) for one in LANGUAGES} for article in sorted(articles)])


@consequence("retention-changed", cites=("GDPR 5(1)(e)",))
def retention_changed(sides: Sides) -> Iterator[Meaning]:
    """A period became longer, or shorter."""
    for change in sides.changes:
        if change.what == "activities.retention.period" and change.kind == "changed" and "unknown" not in (change.before, change.after):  # fmt: skip
            says = "longer" if longer(change.after, change.before) else "shorter" if longer(change.before, change.after) else ""  # fmt: skip
            if says and sides.head.activity(str(change.path[1])) is not None:
                yield _period(sides, change, says)


def _period(sides: Sides, change: Change, says: str) -> Meaning:
    facts: dict[str, Fact] = {
        "activity": sides.head.named("activities", str(change.path[1])),
        "before": said_period(change.before),
        "after": said_period(change.after),
    }
    cites = ("GDPR 13(2)(a)",) if says == "longer" else ("GDPR 17(1)(a)",)
    return Meaning(change.path[:2], says, facts, (change.path,), cites)


@consequence("measure-dropped", cites=("GDPR 32(1)",))
def measure_dropped(sides: Sides) -> Iterator[Meaning]:
    """A security measure no longer applies to an activity or service that goes on."""
    found: dict[str, list[Path]] = {}
    for section in ("activities", "services"):
        for one, after in getattr(sides.head.register, section).items():
            before = getattr(sides.base.register, section).get(one)
            if before is not None:
                kept = sides.head.measures(after)
                for measure in sides.base.measures(before):
                    if measure not in kept:
                        found.setdefault(measure, []).append((section, one))
    for measure, records in found.items():
        named = in_a_row([called(sides.head.register, path) for path in records])
        facts: dict[str, Fact] = {"measure": called(sides.base.register, ("measures", measure)), "activities": named}
        roots: list[Path] = [("measures", measure)] + [(*path, "measures") for path in records]
        yield Meaning(("measures", measure), "gone", facts, sides.because(*roots))


@consequence("activity-ended", cites=("GDPR 5(1)(e)", "GDPR 17(1)(a)", "GDPR 5(2)"))
def activity_ended(sides: Sides) -> Iterator[Meaning]:
    """An activity is gone from the register, or is given an end."""
    for one, before in sides.base.activities():
        after = sides.head.register.activities.get(one)
        path: Path = ("activities", one)
        if after is None:
            yield Meaning(path, "removed", {"activity": sides.base.named("activities", one)}, (path,))
        elif isinstance(after.until, date) and after.until != before.until:
            facts: dict[str, Fact] = {"activity": sides.head.named("activities", one), "day": after.until}
            says = "ended" if after.until <= sides.head.day else "ends"
            yield Meaning(path, says, facts, sides.because((*path, "until")))

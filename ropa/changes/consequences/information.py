"""What people must be told: notices, further purposes, the data protection officer (Art. 13, 14, 37(7))."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.changes.consequences.catalogue import Meaning, consequence, topics
from ropa.changes.involved import activity_topics, changed_topics, said
from ropa.changes.versions import Side, Sides
from ropa.languages import LANGUAGES
from ropa.model import Activity, Contact, Organisation, Person, known
from ropa.rules.rule import called
from ropa.rules.wording import in_a_row, in_quotes
from ropa.source import Fact, Path, Words
from ropa.source.page import translate

__all__: list[str] = []

_TOLD = ("purposes", "basis", "interest", "data", "recipients", "transfers", "retention", "automated", "sources")
"""The topics of an activity that a notice tells of."""
_ELSEWHERE = {"third-party", "public-source"}
_NOTICES: Words = {
    "en": "the notice to them",
    "nl": "de privacyverklaring",
    "de": "die Datenschutzhinweise",
    "fr": "la notice",
}


@consequence("notice-to-update", cites=())
def notice_to_update(sides: Sides) -> Iterator[Meaning]:
    """What a notice tells of an activity, or of the organisation, has changed."""
    yield from _organisation(sides)
    alike: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for one, after in sides.head.activities():
        new = sides.base.activity(one) is None
        changed = () if new else tuple(topic for topic in _changed(sides, one) if topic != "data" or _from_elsewhere(after))  # fmt: skip
        if new or changed:
            alike.setdefault((_case(after, new=new), _named(after), changed), []).append(one)
    for (says, notices, changed), activities in alike.items():
        facts: dict[str, Fact] = {"activity": in_a_row([sides.head.named("activities", one) for one in activities])}
        facts |= {"topics": topics(changed, provisions=True)} if changed else {}
        facts |= {"notices": _notices(sides.head, notices)} if says in ("stated", "new") else {}
        subject: Path = ("notices", notices[0]) if len(notices) == 1 else ("activities", activities[0])
        yield Meaning(subject, says, facts, sides.reasons(*activities), _CITES.get(says, ("GDPR 13(1)", "GDPR 14(1)")))


_CITES = {"exempt": ("GDPR 13(4)", "GDPR 14(5)"), "new": ("GDPR 13(1)", "GDPR 14(3)")}


def _case(activity: Activity, *, new: bool) -> str:
    if new:
        return "new"
    return "exempt" if activity.notice_exemption else "stated" if _named(activity) else "unnamed"


def _named(activity: Activity) -> tuple[str, ...]:
    return activity.notices if isinstance(activity.notices, tuple) else ()


def _changed(sides: Sides, one: str) -> tuple[str, ...]:
    changed = changed_topics(activity_topics(sides.base, one), activity_topics(sides.head, one))
    return tuple(topic for topic in changed if topic in _TOLD)


def _from_elsewhere(activity: Activity) -> bool:
    """Tell whether data come from others than the data subject, so that Article 14 applies."""
    sources = activity.sources if isinstance(activity.sources, tuple) else ()
    return any(source.kind in _ELSEWHERE for source in sources)


def _notices(side: Side, named: tuple[str, ...]) -> Words:
    """Return the notices by name, in quotation marks."""
    titles = [called(side.register, ("notices", one)) for one in named]
    own = side.register.language
    quoted = {one: ", ".join(in_quotes(translate(title, one, own), one) for title in titles) for one in LANGUAGES}
    return quoted if named else _NOTICES


def _organisation(sides: Sides) -> Iterator[Meaning]:
    before, after = sides.base.register.keeper, sides.head.register.keeper
    if before is None or after is None:
        return
    changed = []
    if _reached(sides.base, before) != _reached(sides.head, after):
        changed.append("controller")
    if _officer(sides.base) != _officer(sides.head):
        changed.append("dpo")
    if changed and sides.head.register.activities:
        facts = {"topics": topics(changed, provisions=True)}
        roots = (("controller",), ("processor",))
        yield Meaning((_keeper(sides.head),), "organisation", dict(facts), sides.because(*roots), ("GDPR 13(1)", "GDPR 14(1)"))  # fmt: skip


def _keeper(side: Side) -> str:
    return "controller" if side.register.controller is not None else "processor"


def _reached(side: Side, who: Organisation | Person | None) -> tuple[str | None, ...]:
    """Return what someone is called and how to reach them."""
    if who is None:
        return ()
    contact = who.contact if isinstance(who.contact, Contact) else Contact()
    return (said(side, who.name), said(side, contact.address), contact.email, contact.phone)


def _officer(side: Side) -> tuple[str | None, ...]:
    keeper = side.register.keeper
    return _reached(side, keeper.dpo) if keeper is not None and known(keeper.dpo) else ()


@consequence("dpo-changed", cites=("GDPR 37(7)",))
def dpo_changed(sides: Sides) -> Iterator[Meaning]:
    """The data protection officer, or how to reach them, changed; or there is none any more."""
    if _officer(sides.head) != _officer(sides.base) and sides.base.register.keeper and sides.head.register.keeper:
        path = (_keeper(sides.head), "dpo")
        yield Meaning(path, "changed", {}, sides.because(path))


@consequence("further-purpose", cites=("GDPR 6(4)", "GDPR 13(3)", "GDPR 14(4)"))
def further_purpose(sides: Sides) -> Iterator[Meaning]:
    """An activity that was there serves a purpose that was not."""
    for one, before, after in sides.changed():
        for key, purpose in after.purpose_records().items():
            if key not in before.purpose_records() and before.purpose_records() and purpose.further != "no":
                path = ("activities", one, "purposes", key)
                facts = {"activity": sides.head.named("activities", one), "purpose": purpose.name}
                yield Meaning(path, "new", dict(facts), (path,))

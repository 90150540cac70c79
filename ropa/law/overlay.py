"""An organisation's own law files: what it adds to the store, with source and reason, and never against it.

A folder of such files looks like `ropa/law/data`. Each file says its `reason`. A file of a new name
holds a whole fact. A file of a name that the store has may say what came after the day through which
the store was verified: `ends` (`end`, `ended_by`, `checked`) closes the version in force then, `versions` and `pending` are added.
Up to that day the store's own word stands, and a file that says otherwise is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ropa.errors import LawDataError, nearest
from ropa.law.dated import Dated, LawRecord
from ropa.law.kinds import KINDS, AdequacyFact, TerritoryFact
from ropa.law.reading import read_document, sentences

if TYPE_CHECKING:
    from ropa.law.store import Store
    from ropa.source import Document, Path

__all__ = ["Overlay", "read_overlays"]

_ADDS = ("reason", "ends", "versions", "pending")


@dataclass(frozen=True)
class Overlay:
    """One legal fact of the organisation's own, or one that it has added to."""

    kind: str
    name: str
    file: str
    reason: str
    fact: LawRecord


def read_overlays(folder: FilePath, store: Store) -> tuple[Overlay, ...]:
    """Read a folder of own law files. Raises LawDataError with the faults of all of them."""
    if not folder.is_dir():
        raise LawDataError((f"{folder}: is no folder of law files",))
    found: list[Overlay] = []
    faults: list[str] = []
    for file in sorted(folder.rglob("*.yaml")):
        try:
            found.append(_read(file, folder, store))
        except LawDataError as error:
            faults += error.faults
    if not found and not faults:
        faults.append(f"{folder}: holds no law file; one is called like adequacy/us-dpf.yaml")
    if faults:
        raise LawDataError(tuple(faults))
    return tuple(found)


def _read(file: FilePath, folder: FilePath, store: Store) -> Overlay:
    kind, name = file.parent.relative_to(folder).as_posix(), file.stem
    if kind not in KINDS:
        near = nearest(kind, list(KINDS))
        hint = f"; did you mean {near}?" if near else f"; the kinds are {', '.join(KINDS)}"
        raise LawDataError((f"{file}:1:1: no kind of legal fact is called {kind!r}{hint}",))
    document = read_document(file, str(file))
    if not isinstance(document.data, dict):
        raise LawDataError((f"{file}:1:1: a law file is a mapping",))
    reason = document.data.get("reason")
    reason = next(iter(reason.values()), None) if isinstance(reason, dict) else reason
    if not isinstance(reason, str) or not reason.strip():
        raise LawDataError((f"{file}:1:1: reason: say why the organisation adds this",))
    if document.data.keys() == {"reason"}:
        raise LawDataError(
            (f"{file}:1:1: adds nothing: give `ends`, `versions` or `pending`, or a whole fact of a new name",)
        )
    if any((one.kind, one.name) == (kind, name) for one in store.overlays):
        raise LawDataError((f"{file}:1:1: another own file says something of {kind}/{name} already",))
    shipped = store.shipped_file(kind, name)
    if kind in ("tools", "derogations") and (shipped is None or "versions" in document.data):
        raise LawDataError((f"{file}:1:1: an own file can end a kind of instrument (`ends`), not make or change one",))
    if shipped is None:
        fact = _validate(KINDS[kind], {k: v for k, v in document.data.items() if k != "reason"}, document, {})
        _refuse_contradiction(fact, kind, name, document, store.verified_through)
    else:
        base = read_document(shipped, shipped.name).data
        fact = _added(base, document, kind, store.verified_through)
    return Overlay(kind, name, str(file), reason, fact)


def _refuse_contradiction(fact: LawRecord, kind: str, name: str, document: Document, verified: date) -> None:
    """Refuse a new fact that says otherwise than the store about a day up to which the store was verified."""
    if isinstance(fact, TerritoryFact) and fact.code.lower() != name:
        raise LawDataError(
            (_fault(document, ("code",), f"the file of {fact.code} is called {fact.code.lower()}.yaml"),)
        )
    if isinstance(fact, (AdequacyFact, TerritoryFact)) and fact.versions[0].start <= verified:
        says = f"no such {'decision' if kind == 'adequacy' else 'territory'} through {verified}, says the store; begin later"
        raise LawDataError((_fault(document, ("versions", 0, "start"), says),))


def _added(base: dict[str, Any], document: Document, kind: str, verified: date) -> LawRecord:
    """Put an own file on top of a fact of the store; what contradicts the store is refused."""
    own, model = document.data, KINDS[kind]
    faults = [
        _fault(document, (key,), f"the store says {base[key]!r}" if key in base else "is not known here")
        for key in own
        if key not in _ADDS and own[key] != base.get(key)
    ]
    if not issubclass(model, Dated):
        faults.append(_fault(document, (), "the store has it already, and it cannot be added to"))
        raise LawDataError(tuple(faults))
    versions, added = list(base["versions"]), own.get("versions", [])
    paths: dict[int, Path] = {len(versions) + at: ("versions", at) for at in range(len(added))}
    if "ends" in own:
        paths[len(versions) - 1] = ("ends",)
        closing = own["ends"] if isinstance(own["ends"], dict) else {}
        faults += _not_closable(document, closing, versions[-1], verified)
        versions[-1] = {**versions[-1], **closing}
    for at, version in enumerate(added):
        start = version.get("start") if isinstance(version, dict) else None
        begun = _day(start)
        if begun is not None and begun <= verified:
            faults.append(
                _fault(
                    document,
                    ("versions", at),
                    f"the store was verified through {verified}; a version added to it begins later",
                )
            )
    if faults:
        raise LawDataError(tuple(faults))
    merged = {**base, "versions": [*versions, *added], "pending": [*base.get("pending", []), *own.get("pending", [])]}
    return _validate(model, merged, document, paths)


def _not_closable(document: Document, closing: dict[str, Any], last: dict[str, Any], verified: date) -> Iterator[str]:
    """Say why an own file cannot end the last version of a fact, if it cannot."""
    for key in ("end", "ended_by", "checked"):
        if key not in closing:
            yield _fault(document, ("ends",), f"needs `{key}`")
    for key in closing.keys() - {"end", "ended_by", "checked"}:
        yield _fault(document, ("ends", key), "is not known; `end`, `ended_by` and `checked` are")
    ended, end = _day(last.get("end")), _day(closing.get("end"))
    if ended is not None and ended <= verified:
        yield _fault(document, ("ends",), f"ended on {ended} already, says the store")
    elif end is None and "end" in closing:
        yield _fault(document, ("ends", "end"), "wants a day as 2020-07-16")
    elif end is not None and end <= verified:
        yield _fault(
            document, ("ends", "end"), f"was in force through {verified}, says the store; it cannot have ended before"
        )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _validate(model: type[LawRecord], data: dict[str, Any], document: Document, paths: dict[int, Path]) -> LawRecord:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise LawDataError(tuple(sentences(error, document, paths))) from error


def _fault(document: Document, path: Path, says: str) -> str:
    place = document.place(path, key=True)
    return f"{place.file}:{place.line}:{place.column}: {'.'.join(map(str, path)) or document.file}: {says}"

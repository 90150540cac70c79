"""What a workbook wants of the register: each cell as it came back, as it was exported, and as the text has it now.

cell = export        nobody touched it, whatever the text says now
text = export        an edit
neither              a conflict, unless both say the same
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ropa.languages import LANGUAGES
from ropa.model import BY_ID
from ropa.source import Path
from ropa.workbook.fields import Path as PathField
from ropa.workbook.fields import field as field_of
from ropa.workbook.kinds import MisreadError, loosely, word_meant
from ropa.workbook.layout import Sheet
from ropa.workbook.lines import first_own, fitted, lines
from ropa.workbook.remembering import Memory, digest_of
from ropa.workbook.returning import Cell, Remark, Seen, SeenRow
from ropa.workbook.rows import Row, in_short, lists_of
from ropa.workbook.sheets import Line
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import about_field

__all__ = ["Wanted", "compare", "overridden"]


@dataclass
class Wanted:
    """What a workbook wants: records as they should be, new ones, those that go; and what it cannot have."""

    records: dict[Path, Any] = field(default_factory=dict)
    """Records that are edited, by where they stand; a word where a record's parts stand."""
    added: dict[Path, list[tuple[Cell, Any]]] = field(default_factory=dict)
    """New parts, by the list that they join."""
    removed: dict[Path, Cell] = field(default_factory=dict)
    present: dict[Path, Cell] = field(default_factory=dict)
    """Records whose row is there, in whatever language."""
    cells: dict[Path, Cell] = field(default_factory=dict)
    """Which cell asked for what stands at a path."""
    conflicts: list[Remark] = field(default_factory=list)
    refusals: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


@dataclass
class _Sheet:
    """One sheet of the layout: as it came back, and as it would be exported now."""

    say: Speaker
    sheet: Sheet
    seen: Seen
    memory: Memory | None
    wanted: Wanted
    home: bool
    """Whether new rows and deleted rows of its table count here."""
    homes: Mapping[str, str]
    edits: dict[tuple[Path, str], Cell]
    fresh: dict[str, tuple[Row, Line]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    """Which row of the workbook an entry of a list was found to be."""

    @property
    def key(self) -> str:
        return f"{self.sheet.key}.{self.seen.language}"

    @property
    def _top(self) -> Cell:
        return Cell(self.seen.rows[0].at.sheet if self.seen.rows else self.sheet.key, 1, 1)

    def compare(self) -> None:
        """Compare every row, then look for those that are gone."""
        self.fresh = {line.id: (row, line) for row, line in lines(self.say, self.sheet)}
        if self._sorted_apart():
            return
        there = set()
        for seen in self.seen.rows:
            there.add(seen.id)
            if self._numbered(seen.id):
                self._part(seen)
                continue
            if self.home and seen.id in self.fresh:
                self.wanted.present.setdefault(self.fresh[seen.id][0].path, seen.at)
            if seen.id in self.fresh:
                self._row(*self.fresh[seen.id], seen)
            elif seen.id and self._remembered(seen.id):
                if any(self._touched(seen, key, cell) for key, cell in seen.cells.items()):
                    self.wanted.conflicts.append(Remark(seen.at, "gone_since"))
            elif not seen.id or self.sheet.kind == "table":
                self._new(seen)
        if self.home and self.memory is not None:
            for one in self.memory.cells.get(self.key, {}):
                if one in there:
                    continue
                if self._numbered(one):
                    self._part_gone(one)
                elif one in self.fresh and not self.fresh[one][0].stands_for:
                    self._gone(one, *self.fresh[one])

    def _remembered(self, one: str) -> bool:
        return self.memory is not None and one in self.memory.cells.get(self.key, {})

    def _was(self, one: str, key: str) -> str | None:
        return self.memory.of(self.key, one, key) if self.memory else None

    def _touched(self, row: SeenRow, key: str, cell: Cell) -> bool:
        was = self._was(row.id, key)
        return was is not None and digest_of(cell.text) != was

    def _sorted_apart(self) -> bool:
        """Tell, and refuse, a sheet whose ids did not move along when its rows were sorted."""
        if self.memory is None or self.sheet.kind != "table":
            return False
        keys = [key for key in self.memory.columns.get(self.key, ()) if key not in ("id", "of", "findings")]
        whole = {one: tuple(self._was(one, key) for key in keys) for one in self.memory.cells.get(self.key, {})}
        times = Counter(whole.values())
        owners = {digests: one for one, digests in whole.items() if times[digests] == 1}
        moved = [
            row
            for row in self.seen.rows
            if row.id in whole
            and all(key in row.cells for key in keys)
            and owners.get(tuple(digest_of(row.cells[key].text) for key in keys), row.id) != row.id
        ]
        rows = {row.id: tuple(digest_of(row.cells[key].text) for key in keys if key in row.cells) for row in self.seen.rows}  # fmt: skip
        for row in moved:  # one is enough, if the row that bears its id does not say what it said either
            own = owners[rows[row.id]]
            if len(moved) > 1 or rows.get(own, whole[own]) != whole[own]:
                self.wanted.refusals.append(Remark(row.at, "sorted"))
                return True
        return False

    # --- a row of a list, whose id is but its place: it is known by what it said

    def _numbered(self, one: str) -> bool:
        return lists_of(self.sheet.rows) and self._remembered(one) and not one.endswith("/0")

    def _same(self, one: str, row: Row, line: Line, but: Collection[str] = ()) -> bool:
        """Tell whether the text says in a row what it said in a remembered one; some columns may differ."""
        return not row.stands_for and all(
            (was := self._was(one, column.key)) is None or was == digest_of(value.text)
            for column, value in zip(self.sheet.columns, line.values, strict=True)
            if column.key not in but and field_of(self.sheet.rows, column.key).edited
        )

    def _found(self, one: str) -> str | None:
        """Return the id that a remembered row has now; None where none, or more than one, says what it said."""
        owner = one.rpartition("/")[0]
        if one in self.fresh and self._same(one, *self.fresh[one]):
            return one
        same = [new for new, each in self.fresh.items() if new.rpartition("/")[0] == owner and self._same(one, *each)]
        return same[0] if len(same) == 1 else None

    def _part(self, seen: SeenRow) -> None:
        """Compare a row of a list with the entry that it was exported from, wherever that stands now."""
        touched = [key for key, cell in seen.cells.items() if self._touched(seen, key, cell)]
        found = self._found(seen.id)
        if found is None and seen.id in self.fresh and self._same(seen.id, *self.fresh[seen.id], but=touched):
            found = seen.id
        if found is not None and self.taken.setdefault(found, seen.id) != seen.id:
            found = None
        if found is not None:
            row, line = self.fresh[found]
            if self.home:
                self.wanted.present.setdefault(row.path, seen.at)
            self._row(replace(row, id=seen.id), line, seen)
        elif touched and not self._agreed(seen):
            self.wanted.conflicts.append(Remark(seen.cells[touched[0]], "which_part"))

    def _agreed(self, seen: SeenRow) -> bool:
        """Tell whether the text, at the row's place, says by now all that the row says."""
        return seen.id in self.fresh and all(
            column.key not in seen.cells or digest_of(seen.cells[column.key].text) == digest_of(value.text)
            for column, value in zip(self.sheet.columns, self.fresh[seen.id][1].values, strict=True)
            if field_of(self.sheet.rows, column.key).edited
        )

    def _part_gone(self, one: str) -> None:
        """Take out the entry of a row that was deleted; a conflict where the text has an entry that may be it."""
        found = self._found(one)
        if found is not None and self.taken.setdefault(found, one) == one:
            self._gone(one, *self.fresh[found])
            return
        owner = one.rpartition("/")[0]
        others = [each for each in self.memory.cells[self.key] if each.rpartition("/")[0] == owner] if self.memory else []  # fmt: skip
        known = {self._found(each) for each in others if each != one}
        if any(new.rpartition("/")[0] == owner and new not in known and not row.stands_for for new, (row, _) in self.fresh.items()):  # fmt: skip
            self.wanted.conflicts.append(Remark(self._top, "changed_since", {"id": one}))

    # --- a row that is known

    def _row(self, row: Row, line: Line, seen: SeenRow) -> None:
        if row.stands_for:
            self._stand_in(row, line, seen)
            return
        for column, value in zip(self.sheet.columns, line.values, strict=True):
            cell = seen.cells.get(column.key)
            if cell is not None:
                self._cell(row, column.key, cell, value)

    def _edited(self, row_id: str, key: str, cell: Cell, now: Value) -> bool:
        """Tell whether a cell was edited; a cell that the text changed as well is a conflict."""
        said, has = digest_of(cell.text), digest_of(now.text)
        was = self._was(row_id, key)
        if said in (has, was):
            return False
        if was is not None and was != has:
            self.wanted.conflicts.append(Remark(cell, "both_changed", {"here": cell.text, "there": now.text}))
            return False
        return True

    def _cell(self, row: Row, key: str, cell: Cell, now: Value) -> None:
        one = field_of(self.sheet.rows, key)
        if not one.edited:
            was = self._was(row.id, key)  # what is compiled depends on the day and the law as well
            if was is None or digest_of(cell.text) in (was, digest_of(now.text)):
                return
        elif not self._edited(row.id, key, cell, now):
            return
        record = self.wanted.records.get(row.path, row.plain)
        try:
            new = one.write(self.say, record, cell.text)
        except MisreadError as misread:
            self._refuse(cell, key, misread)
            return
        before = self.edits.get((row.path, key))
        if before is not None and new != record:
            free = isinstance(one, PathField) and one.kind.free and not one.kind.proper
            own = self.say.register.language
            if not free or overridden(*(_by_language(each, own) for each in (row.plain, record, new))):
                self.wanted.conflicts.append(Remark(cell, "two_answers", {"other": str(before)}))
                return
        self.edits[row.path, key] = cell
        if new != row.plain or row.path in self.wanted.records:
            self.wanted.records[row.path] = new
        self.wanted.cells[*row.path, key.partition(".")[0]] = cell

    def _refuse(self, cell: Cell, key: str, misread: MisreadError) -> None:
        home = self.homes.get(key)
        if misread.key == "compiled" and home:
            self.wanted.refusals.append(Remark(cell, "compiled_home", {"sheet": home}))
        else:
            self.wanted.refusals.append(Remark(cell, misread.key, misread.facts))

    def _stand_in(self, row: Row, line: Line, seen: SeenRow) -> None:
        """Read the row that stands where a record has no parts: another word, or the first part."""
        own = self.sheet.columns[first_own(self.sheet)].key
        changed = {
            column.key: cell
            for column, value in zip(self.sheet.columns, line.values, strict=True)
            if (cell := seen.cells.get(column.key)) is not None
            and column.key not in ("id", "of")
            and self._edited(row.id, column.key, cell, value)
        }
        if not changed:
            return
        if set(changed) == {own}:
            said = loosely(changed[own].text)
            word = word_meant(self.say, said)
            if word or said in ("", self.say.say("missing")):
                self.wanted.records[row.path] = word or None
                self.wanted.cells[row.path] = changed[own]
                return
        self._add(row.path, seen, changed)

    # --- rows that are new, and rows that are gone

    def _new(self, seen: SeenRow) -> None:
        if not self.home:
            where = self.homes.get("") or self.sheet.key
            self.wanted.refusals.append(Remark(seen.at, "not_home", {"sheet": where}))
            return
        lost = self._lost(seen)
        if lost is not None:
            self.wanted.refusals.append(Remark(seen.at, "id_changed", {"id": lost}))
            return
        cells = {key: cell for key, cell in seen.cells.items() if key != "of" and cell.text.strip()}
        section, _, part = self.sheet.rows.partition(".")
        if not part:
            if (one := self.say.kept["new"].get(seen.at)) is not None:
                self._add((section, one), seen, cells)
            return
        of = seen.cells.get("of")
        owner = self.say.meant(section, of.text) if of else None
        if owner is None:
            facts = {"text": of.text if of else "", "section": self.say.say(f"list_{section}")}
            self.wanted.refusals.append(Remark(of or seen.at, "wrong_parent", facts))
            return
        self._add((section, owner, part), seen, cells)

    def _lost(self, seen: SeenRow) -> str | None:
        """Return the id of the row that a new one was before its id went: it says all that that row said."""
        if self.memory is None or (self.sheet.rows in BY_ID and seen.at not in self.say.kept["new"]):
            return None
        there = {row.id for row in self.seen.rows}
        keys = [key for key in self.memory.columns.get(self.key, ()) if key in seen.cells]
        said = [digest_of(seen.cells[key].text) for key in keys]
        for one in self.memory.cells.get(self.key, {}):
            if one not in there and said == [self._was(one, key) for key in keys]:
                return one
        return None

    def _add(self, path: Path, seen: SeenRow, cells: Mapping[str, Cell]) -> None:
        """Put together a new record from its cells."""
        record: Mapping[str, Any] = {}
        for column in self.sheet.columns:
            cell = cells.get(column.key)
            one = field_of(self.sheet.rows, column.key)
            if cell is None or not one.edited:
                continue
            try:
                record = one.write(self.say, record, cell.text)
            except MisreadError as misread:
                self._refuse(cell, column.key, misread)
        self.wanted.added.setdefault(path, []).append((seen.at, in_short(self.sheet.rows, record)))
        self.wanted.cells.setdefault(path, seen.at)

    def _gone(self, one: str, row: Row, line: Line) -> None:
        """Take a row that is gone for a record that is to go; not one that the text changed since."""
        at = self._top
        for column, value in zip(self.sheet.columns, line.values, strict=True):
            was = self._was(one, column.key)
            if field_of(self.sheet.rows, column.key).edited and was is not None and was != digest_of(value.text):
                self.wanted.conflicts.append(Remark(at, "changed_since", {"id": one}))
                return
        self.wanted.removed[row.path] = at


def _by_language(value: Any, own: str) -> Any:
    """Return a value with every text by its language: a plain one is in the register's own."""
    if isinstance(value, Mapping):
        texts = value and set(value) <= set(LANGUAGES)
        return dict(value) if texts else {key: _by_language(each, own) for key, each in value.items()}
    return {own: value} if isinstance(value, str) else value


def overridden(before: Any, one: Any, other: Any) -> bool:
    """Tell whether a second edit, made on top of the first, says otherwise what the first had changed."""
    if one in (before, other):
        return False
    if not all(isinstance(each, dict) for each in (before, one, other)):
        return not (before is None and isinstance(one, dict) and isinstance(other, dict)) or overridden({}, one, other)
    keys = dict.fromkeys((*before, *one, *other))
    return any(overridden(before.get(key), one.get(key), other.get(key)) for key in keys)


def compare(speakers: Mapping[str, Speaker], sheets: list[Seen], memory: Memory | None, titles: Mapping[str, str], homes: Mapping[str, str]) -> Wanted:  # fmt: skip
    """Compare the sheets that came back with the register as its text has it now.

    `titles` gives the title of each sheet by its key, `homes` the key of the sheet on which new and
    deleted rows of a table count.
    """
    wanted = Wanted()
    edits: dict[tuple[Path, str], Cell] = {}
    for seen in sheets:
        wanted.refusals += seen.refusals
        wanted.notes += seen.notes
        if seen.refusals or seen.sheet.kind not in ("table", "cards"):
            continue
        say = speakers[seen.language]
        sheet = fitted(say, seen.sheet)
        home = homes.get(seen.sheet.rows) == seen.sheet.key
        leads = {column.key: about_field(sheet.rows, column.key).home for column in sheet.columns}
        leads[""] = homes.get(seen.sheet.rows, "")
        led = {key: titles[lead] for key, lead in leads.items() if lead in titles}
        _Sheet(say, sheet, seen, memory, wanted, home, led, edits).compare()
    wanted.refusals += [Remark(cell, "still_there") for path, cell in wanted.present.items() if path in wanted.removed]
    wanted.refusals += _edited_and_removed(wanted)
    return wanted


def _edited_and_removed(wanted: Wanted) -> Iterator[Remark]:
    """Yield what was edited, or added, within a record whose row was deleted: one of the two cannot be meant."""
    for path in (*wanted.records, *wanted.added):
        for length in range(2, len(path) + 1):
            if path[:length] in wanted.removed:
                cell = next((cell for at, cell in wanted.cells.items() if at[: len(path)] == path), None)
                yield Remark(cell or wanted.removed[path[:length]], "edited_and_removed", {"id": path[length - 1]})

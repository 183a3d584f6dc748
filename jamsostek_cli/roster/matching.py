"""Which rows speak of one person: in the file, and in the register."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import (
    FIELDS,
    Facts,
    KnownWorker,
    MatchedRow,
    RosterRow,
    RowOutcome,
    WorkerStatus,
    number_of,
)
from jamsostek_cli.roster import names
from jamsostek_cli.roster.checks import Cells
from jamsostek_cli.roster.nik import FromNik

_STEM: Final = 12
_TWIN_SERIALS: Final = 3
_LARGE_BLOCK: Final = 60
_NAMES: Final = frozenset({"name", "mother_name", "birth_place"})

BornAlike = Callable[[Iterable[str]], Iterable[KnownWorker]]
Change = tuple[str, str | None, str | None]


def match(
    rows: Sequence[RosterRow], known: Mapping[str, KnownWorker], born_alike: BornAlike | None = None
) -> list[MatchedRow]:
    """Return every row with its outcome, in order; findings about pairs are added to the rows.

    Rows that stay without a finding let go of their raw cells. `known` holds the workers of the register by
    the NIKs of the file; `born_alike` fetches those born on some dates, None where the register is empty.
    """
    groups: dict[str, list[int]] = {}
    matched: list[MatchedRow] = []
    for at, row in enumerate(rows):
        if row.nik is None:
            matched.append(MatchedRow(row, RowOutcome.REJECTED))
            continue
        group = groups.setdefault(row.nik, [])
        if group:
            matched.append(MatchedRow(row, RowOutcome.DUPLICATE, same_as=group[0]))
        elif row.nik in known:
            matched.append(_against(row, known[row.nik]))
        else:
            matched.append(MatchedRow(row, RowOutcome.NEW))
        group.append(at)
    for group in groups.values():
        if len(group) > 1:
            _share(matched, group)
    _lookalikes(matched, born_alike)
    for row in rows:
        if not row.findings:
            row.raw = None
        elif isinstance(row.raw, Cells):
            row.raw = dict(row.raw)
    return matched


def _against(row: RosterRow, worker: KnownWorker) -> MatchedRow:
    """Compare a row with the worker of the register who has its NIK."""
    if not names.alike(row.facts.name, worker.facts.name):
        row.findings.append(Finding("nik_shared_by_two_people", "nik", hint=number_of(worker.id)))
        return MatchedRow(row, RowOutcome.REVIEW, worker.id)
    if worker.status == WorkerStatus.DECEASED:
        row.findings.append(Finding("worker_deceased", hint=number_of(worker.id)))
        return MatchedRow(row, RowOutcome.UNCHANGED, worker.id)
    changes = tuple(_changes(row.facts, worker.facts))
    return MatchedRow(
        row, RowOutcome.CHANGED if changes else RowOutcome.UNCHANGED, worker.id, changes=changes
    )


def _changes(new: Facts, old: Facts) -> Iterator[Change]:
    """Yield what a row knows better: a blank never overwrites, nor what was only read off the NIK."""
    for field, value, was in zip(FIELDS, new, old, strict=True):
        if not value or value == was or (was and type(value) is FromNik):
            continue
        if was and field in _NAMES and names.key(value) == names.key(was):
            continue
        yield field, was, value


def _share(matched: list[MatchedRow], group: list[int]) -> None:
    """Judge the rows of one NIK: one person written twice, or several people."""
    first = matched[group[0]]
    others = [matched[at].row for at in group[1:]]
    if all(names.alike(first.row.facts.name, other.facts.name) for other in others):
        for at in group[1:] if first.outcome is RowOutcome.REVIEW else ():
            matched[at].row.findings.append(first.row.findings[-1])
            matched[at] = MatchedRow(matched[at].row, RowOutcome.REVIEW, first.worker_id, group[0])
        return
    for at in group:
        row = matched[at].row
        partner = matched[group[1 if at == group[0] else 0]].row
        row.findings.append(Finding("nik_shared_by_two_people", "nik", hint=_place(partner, row)))
        matched[at] = MatchedRow(
            row, RowOutcome.REVIEW, first.worker_id, None if at == group[0] else group[0]
        )


def _place(row: RosterRow, seen_from: RosterRow) -> str:
    """Name another row by its number, with its sheet's where that is another."""
    return str(row.row) if row.sheet == seen_from.sheet else f"{row.sheet + 1}/{row.row}"


_ENTERING: Final = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED})


_Person = tuple[RosterRow, bool]
"""Somebody as lookalikes are sought: the row, and whether the person is new."""


def _lookalikes(matched: Sequence[MatchedRow], born_alike: BornAlike | None) -> None:
    """Note the pairs that may be one person under two NIKs: born on one day, of one sex, named alike."""
    blocks: dict[tuple[str | None, str | None], list[_Person]] = defaultdict(list)
    for one in matched:
        facts = one.row.facts
        if facts.birth_date and one.outcome in _ENTERING:
            blocks[facts.birth_date, facts.sex].append((one.row, one.outcome is RowOutcome.NEW))
    for block in blocks.values():
        if len(block) > 1:
            _within(block)
    if born_alike is None:
        return
    in_file = {one.row.nik for one in matched}
    dates = {born for (born, _), block in blocks.items() if born and any(is_new for _, is_new in block)}
    for worker in born_alike(sorted(dates)) if dates else ():
        if worker.nik in in_file:
            continue
        name = names.Name(worker.facts.name)
        for row, is_new in blocks.get((worker.facts.birth_date, worker.facts.sex), ()):
            if is_new and _may_be_one(row.nik, names.Name(row.facts.name), worker.nik, name):
                row.findings.append(Finding("possible_same_person", "name", hint=number_of(worker.id)))


def _within(block: list[_Person]) -> None:
    """Compare the people of a block; those of a large one by the beginnings of their names."""
    parts: dict[str, list[tuple[RosterRow, bool, names.Name]]] = defaultdict(list)
    large = len(block) > _LARGE_BLOCK
    for row, is_new in block:
        name = names.Name(row.facts.name)
        parts[name.joined[:2] if large else ""].append((row, is_new, name))
    for part in parts.values():
        for (one, is_new, name), (other, other_is_new, other_name) in combinations(part, 2):
            if (is_new or other_is_new) and _may_be_one(one.nik, name, other.nik, other_name):
                one.findings.append(Finding("possible_same_person", "name", hint=_place(other, one)))
                other.findings.append(Finding("possible_same_person", "name", hint=_place(one, other)))


def _may_be_one(nik: str | None, name: names.Name, other_nik: str | None, other_name: names.Name) -> bool:
    """Tell whether two people born on one day may be one; twins are not."""
    if not name.like(other_name, names.LOOKALIKE):
        return False
    one, other = str(nik), str(other_nik)
    near = one[:_STEM] == other[:_STEM] and abs(int(one[_STEM:]) - int(other[_STEM:])) <= _TWIN_SERIALS
    return not near or name.words[0] == other_name.words[0]

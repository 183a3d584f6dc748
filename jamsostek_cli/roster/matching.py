"""Which rows speak of one person: in the file, and in the register."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

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
from jamsostek_cli.roster import lookalikes, names
from jamsostek_cli.roster.checks import Cells
from jamsostek_cli.roster.likeness import Thresholds
from jamsostek_cli.roster.lookalikes import Pair, Register
from jamsostek_cli.roster.nik import FromNik

_NAMES: Final = frozenset({"name", "mother_name", "birth_place"})

Change = tuple[str, str | None, str | None]


class Rules(NamedTuple):
    """What the office has settled: thresholds, and what officers have told apart.

    `different` are pairs of NIKs, the lower first; `refused` are NIKs with the keys of names that are not
    their bearers'.
    """

    thresholds: Thresholds = Thresholds()
    different: Collection[tuple[str, str]] = ()
    refused: Collection[tuple[str, str]] = ()


class Matches(NamedTuple):
    """Every row with its outcome, in order, and the pairs of people who may be one."""

    rows: list[MatchedRow]
    pairs: list[Pair]


def match(
    rows: Sequence[RosterRow],
    known: Mapping[str, KnownWorker],
    register: Register | None = None,
    *,
    rules: Rules = Rules(),  # noqa: B008 - a value
) -> Matches:
    """Judge every row; findings about pairs are added to the rows.

    Rows that stay without a finding let go of their raw cells. `known` holds the workers of the register by
    the NIKs of the file; `register` finds its lookalikes, None where it is empty.
    """
    groups: dict[str, list[int]] = {}
    matched: list[MatchedRow] = []
    for at, row in enumerate(rows):
        if row.nik is None:
            matched.append(MatchedRow(row, RowOutcome.REJECTED))
            continue
        if rules.refused and (row.nik, names.key(row.facts.name)) in rules.refused:
            row.findings.append(Finding("nik_shared_by_two_people", "nik"))
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
    pairs = lookalikes.find(matched, register, rules.thresholds, rules.different)
    _let_go(rows)
    return Matches(matched, pairs)


def _let_go(rows: Sequence[RosterRow]) -> None:
    """Keep the raw cells only of rows with a finding."""
    for row in rows:
        if not row.findings:
            row.raw = None
        elif isinstance(row.raw, Cells):
            row.raw = dict(row.raw)


def _against(row: RosterRow, worker: KnownWorker) -> MatchedRow:
    """Compare a row with the worker of the register who has its NIK."""
    if not names.alike(row.facts.name, worker.facts.name):
        row.findings.append(Finding("nik_shared_by_two_people", "nik", hint=number_of(worker.id)))
        return MatchedRow(row, RowOutcome.REVIEW, worker.id)
    return spoken_of(row, worker)


def spoken_of(row: RosterRow, worker: KnownWorker) -> MatchedRow:
    """Judge a row that speaks of a worker of the register."""
    if worker.merged_into is not None:
        row.findings.append(Finding("worker_merged", hint=number_of(worker.merged_into)))
        return MatchedRow(row, RowOutcome.UNCHANGED, worker.merged_into, merged=True)
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
        row.findings.append(Finding("nik_shared_by_two_people", "nik", hint=lookalikes.place(partner, row)))
        matched[at] = MatchedRow(
            row, RowOutcome.REVIEW, first.worker_id, None if at == group[0] else group[0]
        )

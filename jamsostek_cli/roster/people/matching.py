"""Which rows speak of one person: in the file, and in the register."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.domain.finding import PERHAPS_DECEASED, Finding
from jamsostek_cli.domain.worker import (
    FIELDS,
    Facts,
    KnownWorker,
    MatchedRow,
    Place,
    RosterRow,
    RowOutcome,
    WorkerStatus,
    number_of,
)
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.cells.nik import FromNik
from jamsostek_cli.roster.pages import Bearer
from jamsostek_cli.roster.people.likeness import Thresholds

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

    def refuse(self, nik: str, name: str) -> bool:
        """Tell whether an officer has said that a name is not that of the NIK's bearer."""
        return bool(self.refused) and (nik, names.key(name)) in self.refused


class RowGroup(NamedTuple):
    """The rows of one NIK: where the first and the second stand, and whether they name several people."""

    first: Place
    second: Place
    shared: bool


def groups(repeated: Mapping[str, Sequence[Bearer]], rules: Rules) -> dict[str, RowGroup]:
    """Return the rows of each NIK that stands in several, those left out that an officer has refused."""
    found = {}
    for nik, bearers in repeated.items():
        those = [one for one in bearers if not rules.refuse(nik, one.name)]
        if len(those) > 1:
            first, *others = those
            shared = not all(names.alike(first.name, other.name) for other in others)
            found[nik] = RowGroup(first.place, others[0].place, shared)
    return found


class Judge:
    """Judges the rows of a roster, page by page: which speak of one person, in the file and in the register.

    `grouped` comes from `groups`; `numbers` gives each new worker an id.
    """

    def __init__(self, grouped: Mapping[str, RowGroup], rules: Rules, numbers: Iterator[int]) -> None:
        self._groups = grouped
        self._rules = rules
        self._numbers = numbers
        self._leaders: dict[str, MatchedRow] = {}

    def page(self, rows: Iterable[RosterRow], known: Mapping[str, KnownWorker]) -> list[MatchedRow]:
        """Judge rows; `known` holds the workers of the register by the NIKs of the page."""
        return [self._judged(row, known) for row in rows]

    def _judged(self, row: RosterRow, known: Mapping[str, KnownWorker]) -> MatchedRow:
        if row.nik is None:
            return MatchedRow(row, RowOutcome.REJECTED)
        if self._rules.refuse(row.nik, row.facts.name):
            row.findings.append(Finding("nik_shared_by_two_people", "nik"))
            return MatchedRow(row, RowOutcome.REJECTED)
        group = self._groups.get(row.nik)
        if group is None:
            return self._alone(row, known.get(row.nik))
        if row.place == group.first:
            judged = self._leading(row, known.get(row.nik), group)
            self._leaders[row.nik] = judged
            return judged
        return self._following(row, self._leaders[row.nik], group)

    def _alone(self, row: RosterRow, worker: KnownWorker | None) -> MatchedRow:
        if worker is not None:
            return _against(row, worker)
        if _is_late(row):
            return MatchedRow(row, RowOutcome.REVIEW)
        return tuple.__new__(MatchedRow, (row, RowOutcome.NEW, next(self._numbers), None, ()))

    def _leading(self, row: RosterRow, worker: KnownWorker | None, group: RowGroup) -> MatchedRow:
        """Judge the first row of a NIK that stands in several."""
        if not group.shared:
            return self._alone(row, worker)
        judged = None if worker is None else _against(row, worker)
        row.findings.append(_shared(group.second, row))
        return MatchedRow(row, RowOutcome.REVIEW, judged and judged.worker_id)

    @staticmethod
    def _following(row: RosterRow, leader: MatchedRow, group: RowGroup) -> MatchedRow:
        """Judge another row of the NIK: the same person again, or somebody else."""
        if group.shared:
            row.findings.append(_shared(group.first, row))
        elif leader.outcome is RowOutcome.REVIEW:
            row.findings.append(leader.row.findings[-1])
        elif not _is_late(row, leader.worker_id):
            return MatchedRow(row, RowOutcome.DUPLICATE, leader.worker_id, group.first)
        return MatchedRow(row, RowOutcome.REVIEW, leader.worker_id, group.first)


def corrected(rows: Iterable[RosterRow], former: Mapping[str, KnownWorker]) -> None:
    """Give rows that bear a worker's old NIK the one that an officer has put in its place.

    `former` holds the workers by the NIKs they bore. A name that is not alike is somebody else's, whose
    NIK it may well be.
    """
    for row in rows:
        worker = former.get(row.nik or "")
        if worker is not None and _bears(worker, row.facts.name):
            row.nik = worker.nik
            row.findings.append(Finding("nik_corrected", "nik", hint=number_of(worker.id)))


def _shared(partner: Place, row: RosterRow) -> Finding:
    return Finding("nik_shared_by_two_people", "nik", hint=partner.seen_from(row.place))


def _is_late(row: RosterRow, worker_id: int | None = None) -> bool:
    """Tell whether a row says that its person has died; such a finding comes last and names the worker."""
    said = [finding for finding in row.findings if finding.code == PERHAPS_DECEASED]
    if not said:
        return False
    hint = "" if worker_id is None else number_of(worker_id)
    others = [finding for finding in row.findings if finding.code != PERHAPS_DECEASED]
    row.findings[:] = [*others, *(finding._replace(hint=hint) for finding in said)]
    return True


def _against(row: RosterRow, worker: KnownWorker) -> MatchedRow:
    """Compare a row with the worker of the register who has its NIK."""
    if not _bears(worker, row.facts.name):
        row.findings.append(Finding("nik_shared_by_two_people", "nik", hint=number_of(worker.id)))
        return MatchedRow(row, RowOutcome.REVIEW, worker.id)
    gone = _gone(worker)
    if gone is None:
        return (
            MatchedRow(row, RowOutcome.REVIEW, worker.id)
            if _is_late(row, worker.id)
            else spoken_of(row, worker)
        )
    row.findings.append(gone[0])
    return MatchedRow(row, RowOutcome.REVIEW, gone[1])


def _bears(worker: KnownWorker, name: str) -> bool:
    """Tell whether a name is a worker's: like the one known, or the one that was put right."""
    if names.alike(name, worker.facts.name):
        return True
    return any(field == "name" and old and names.alike(name, old) for field, old in worker.wrong)


def _gone(worker: KnownWorker) -> tuple[Finding, int] | None:
    """Return what is to be said of a record that no row may speak of unasked, and whose it is now."""
    if worker.merged_into is not None:
        return Finding("worker_merged", hint=number_of(worker.merged_into)), worker.merged_into
    if worker.status == WorkerStatus.DECEASED:
        return Finding("worker_deceased", hint=number_of(worker.id)), worker.id
    return None


def spoken_of(row: RosterRow, worker: KnownWorker) -> MatchedRow:
    """Judge a row that speaks of a worker of the register, beyond doubt or because an officer said so.

    The dead and the merged stay as they are: such a row tells nothing new of anybody.
    """
    gone = _gone(worker)
    if gone is not None:
        row.findings += [finding for finding in gone[:1] if finding not in row.findings]
        return MatchedRow(row, RowOutcome.UNCHANGED, gone[1])
    changes = tuple(
        change for change in _changes(row.facts, worker.facts) if (change[0], change[2]) not in worker.wrong
    )
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

"""Card numbers that BPJS's member list knows and the register does not, taken over."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import kpj as cards
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import hidden, masked
from jamsostek_cli.domain.submission import AnswerProblem
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.operations.bpjs.reconcile import problem_of, register_of
from jamsostek_cli.reports.reconcile import Absence, Discrepancy, Member
from jamsostek_cli.store.bpjs import answers
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import corrections
from jamsostek_cli.store.register.corrections import Correction
from jamsostek_cli.tables.table import Coded

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening
    from jamsostek_cli.roster.lists.reading import ListedMember, MemberList


class CardOutcome(StrEnum):
    """What a row of the list does for the card numbers: every row is counted under one of these."""

    ADOPTED = "adopted"
    KNOWN = "known"
    NO_NUMBER = "no-number"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionRow:
    """What became of one row of the list; `nik` is masked, `problem` why its number is not taken over."""

    sheet: str
    row: int
    outcome: CardOutcome
    worker: str | None
    nik: str | None
    name: str | None
    kpj: str | None
    problem: StrEnum | Coded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What the taking over of card numbers did, or would do."""

    file: str
    rows: tuple[AdoptionRow, ...]

    @property
    def counts(self) -> Mapping[CardOutcome, int]:
        """The rows by what they did; they add up to the rows of the file."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in CardOutcome}

    def those(self, outcome: CardOutcome) -> list[AdoptionRow]:
        """Return the rows with an outcome."""
        return [row for row in self.rows if row.outcome is outcome]


def adopt(
    db: Database,
    act: Act,
    path: Path,
    *,
    reason: str,
    opening: "Opening | None" = None,
    dry_run: bool = False,
) -> Adoption:
    """Take over the card numbers of people who have none, in one transaction; nothing new writes nothing.

    People are told by their NIK, or by one that was put right. A number that is known is never replaced.

    Raises what `roster.lists.reading.read` raises about the file.
    """
    from jamsostek_cli.roster.lists import reading

    told = reading.read(path, act.today, opening)
    with db.reading() as connection:
        plan = _CardPlan(connection, told, Month.of(act.today))
    if dry_run or not plan.cards:
        return plan.adoption
    with db.writing() as connection:
        plan = _CardPlan(connection, told, Month.of(act.today))
        if plan.cards:  # else another officer took them over in this very moment
            _store(connection, act, told, plan, reason)
    return plan.adoption


def _store(connection: Connection, act: Act, told: "MemberList", plan: "_CardPlan", reason: str) -> None:
    answers.give_cards(connection, [(kpj, plan.places[person]) for person, kpj in plan.cards.items()])
    seq = audit.record(
        connection,
        act,
        action="bpjs.cards",
        subject=told.file,
        reason=reason,
        after={
            "file": told.file,
            "sha256": told.sha256,
            "workers": " ".join(map(number_of, plan.cards)),
            **{outcome.value: rows for outcome, rows in plan.adoption.counts.items()},
        },
    )
    for person, kpj in plan.cards.items():
        change = Correction("kpj", None, kpj, act.today, act.actor, reason)
        corrections.add_all(connection, person, [change], audit_seq=seq, answers=None)


class _CardPlan:
    """Decides row by row; `cards` are the numbers to be taken over, by person, `places` their enrolments."""

    def __init__(self, connection: Connection, told: "MemberList", month: Month) -> None:
        self._register = register_of(connection, told.rows, month=month)
        self.places = answers.card_places(connection, {one.person for one in self._register.values()})
        self._holders = answers.holders(connection, {row.kpj for row in told.rows if row.kpj})
        self._said: defaultdict[int, set[str]] = defaultdict(set)
        self._claimed: defaultdict[str, set[int | str | None]] = defaultdict(set)
        self._claims(told.rows)
        self.cards: dict[int, str] = {}
        self.adoption = Adoption(file=told.file, rows=tuple(map(self._row, told.rows)))

    def _claims(self, rows: Sequence["ListedMember"]) -> None:
        """Note which numbers the list has of a person, and whose it says that a number is."""
        for row in rows:
            if row.kpj:
                member = self._register.get(row.nik or "")
                self._claimed[row.kpj].add(member.person if member else row.nik)
                if member:
                    self._said[member.person].add(row.kpj)

    def _row(self, row: "ListedMember") -> AdoptionRow:
        member = self._register.get(row.nik or "")
        if row.kpj is None:
            return _about(row, member, CardOutcome.NO_NUMBER)
        if member is None:
            unread = problem_of(row)
            return _about(row, member, CardOutcome.PROBLEM, unread or Discrepancy.MISSING_HERE)
        if row.kpj == member.kpj or self.cards.get(member.person) == row.kpj:
            return _about(row, member, CardOutcome.KNOWN)
        problem = self._problem(row, row.kpj, member)
        if problem is None:
            self.cards[member.person] = row.kpj
        return _about(row, member, CardOutcome.PROBLEM if problem else CardOutcome.ADOPTED, problem)

    def _problem(self, row: "ListedMember", kpj: str, member: Member) -> StrEnum | None:
        """Return why a number is not taken over for somebody who has none, or has another one."""
        from jamsostek_cli.roster.cells.names import alike

        if member.kpj is not None:
            return Discrepancy.KPJ_DIFFERS
        if fault := cards.fault(kpj):
            return fault
        if len(self._said[member.person]) > 1:
            return AnswerProblem.CONTRADICTORY
        if len(self._claimed[kpj] | self._holders.get(kpj, set())) > 1:
            return AnswerProblem.CARD_SHARED
        if row.name and not alike(member.name, row.name):
            return Discrepancy.NAME_DIFFERS
        return None if member.person in self.places else Absence.NOT_ENROLLED


def _about(
    row: "ListedMember", member: Member | None, outcome: CardOutcome, problem: StrEnum | Coded | None = None
) -> AdoptionRow:
    shown = row.kpj if outcome is CardOutcome.ADOPTED else row.kpj and hidden(row.kpj)
    return AdoptionRow(
        sheet=row.sheet,
        row=row.row,
        outcome=outcome,
        worker=None if member is None else number_of(member.person),
        nik=masked(row.nik) if row.nik else None,
        name=row.name if member is None else member.name,
        kpj=shown,
        problem=problem,
    )

"""BPJS's answer to a submission: card numbers set, refusals kept with their reason, doubtful rows named."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import kpj as cards
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.submission import AnswerProblem, LineOutcome, Reply
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.bpjs import answers, submissions
from jamsostek_cli.store.bpjs.answers import AnswerLine, Settlement
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening
    from jamsostek_cli.roster.lists.reading import ListedMember, MemberList

_NUMBER: Final = re.compile(r"(?<![A-Z0-9])S-\d{4}-\d{3,6}(?!\d)", re.IGNORECASE)
_TELLING: Final = frozenset({"kpj", "status", "note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """What became of one row of an answer; `nik` is masked, `detail` BPJS's reason or the problem's code.

    A problem is an enumeration (`AnswerProblem`, `CardFault`, `WorkerStatus`, `EnrolmentStatus`), or the code
    of a finding where the NIK cannot be read.
    """

    sheet: str
    row: int
    nik: str | None
    name: str | None
    worker: str | None
    submission: str | None
    reply: Reply
    detail: str | None = None
    settlement: Settlement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an answer did or would do; `waiting` are those of its submissions who have no answer still."""

    file: str
    answered_on: datetime.date
    submissions: tuple[str, ...]
    rows: tuple[ReplyRow, ...]
    waiting: int

    @property
    def counts(self) -> Mapping[Reply, int]:
        """The rows by what they did; they add up to the rows of the file."""
        found = Counter(row.reply for row in self.rows)
        return {reply: found[reply] for reply in Reply}

    @property
    def settlements(self) -> list[Settlement]:
        """What changes in the register: of what agrees with an earlier answer, the day."""
        return [row.settlement for row in self.rows if row.settlement is not None]


def answer(
    db: Database,
    act: Act,
    path: Path,
    *,
    number: str | None = None,
    answered_on: datetime.date | None = None,
    opening: "Opening | None" = None,
    dry_run: bool = False,
) -> Answered:
    """Read BPJS's answer and carry it out, in one transaction; an answer that changes nothing writes nothing.

    Raises E332 (a submission nobody made), E336 (the file is about another one), E338 (nobody in it stands in
    a submission), E339 (it may be about several), E340 (the date), E343 (it says nothing about anybody), and
    what `roster.lists.reading.read` raises about the file.
    """
    from jamsostek_cli.roster.lists import reading

    day = answered_on or act.today
    if day > act.today:
        raise JcliError("E340", date=day)
    told = reading.read(path, act.today, opening)
    if not _TELLING & told.fields:
        raise JcliError("E343", path=told.file)
    with db.reading() as connection:
        planned = _plan(connection, told, number, day)
    if dry_run or not planned.settlements:
        return planned
    with db.writing() as connection:
        planned = _plan(connection, told, number, day)
        if not planned.settlements:  # the same answer, read by somebody else in this very moment
            return planned
        answers.settle(connection, planned.settlements, answered_on=day.isoformat())
        audit.record(
            connection,
            act,
            action="bpjs.answer",
            subject=" ".join(planned.submissions),
            after={
                "file": told.file,
                "sha256": told.sha256,
                "answered_on": day,
                "waiting": planned.waiting,
                **{reply.value: rows for reply, rows in planned.counts.items()},
            },
        )
    return planned


def _plan(connection: Connection, told: "MemberList", number: str | None, day: datetime.date) -> Answered:
    """Return what an answer would do to the register as it is."""
    named = _named(told, number)
    known = None if named is None else submissions.find(connection, named)
    niks = {row.nik for row in told.rows if row.nik}
    lines = answers.lines_for(connection, niks, None if known is None else known.id)
    if not lines:
        raise JcliError("E338", path=told.file)
    of_nik = _by_nik(lines, {row.nik for row in told.rows if row.kpj})
    numbers = tuple(sorted({line.number for line in of_nik.values()}))
    answered = [submissions.find(connection, one) for one in numbers]
    if any(day < one.made_on for one in answered):
        raise JcliError("E340", date=day)
    before = answers.read_before(connection, told.sha256)
    plan = _Plan(of_nik, _holders(connection, told.rows), told.rows, day, read_before=before)
    rows = tuple(plan.row(row) for row in told.rows)
    waiting = sum(one.waiting for one in answered)
    settled = sum(s.line.outcome is None for row in rows if (s := row.settlement) is not None)
    return Answered(
        file=told.file, answered_on=day, submissions=numbers, rows=rows, waiting=waiting - settled
    )


def _named(told: "MemberList", number: str | None) -> str | None:
    """Return the submission an answer is about, by the officer's word or its own; E336 where they differ."""
    wanted = None if number is None else number.strip().upper()
    found = {one.upper() for text in (told.file, *told.titles) for one in _NUMBER.findall(text)}
    if wanted is not None and found and wanted not in found:
        raise JcliError("E336", path=told.file, found=", ".join(sorted(found)), number=wanted)
    return wanted or (found.pop() if len(found) == 1 else None)


def _by_nik(lines: Iterable[AnswerLine], carded: AbstractSet[str | None]) -> dict[str, AnswerLine]:
    """Return the line each NIK is answered on; E339 where somebody stood in several submissions.

    A line that was taken back counts only where there is no other. Whoever was refused, was handed in again
    and gets a card number (`carded`) has it by the later submission; a refusal may be about either.
    """
    of_nik: dict[str, AnswerLine] = {}
    several: set[str] = set()
    for line in lines:
        other = of_nik.get(line.nik)
        anew = other is not None and other.outcome == LineOutcome.REFUSED and line.nik in carded
        if other is None or other.outcome == LineOutcome.WITHDRAWN or anew:
            of_nik[line.nik] = line
        elif line.outcome != LineOutcome.WITHDRAWN:
            several |= {other.number, line.number}
    if several:
        raise JcliError("E339", numbers=", ".join(sorted(several)))
    return of_nik


def _holders(connection: Connection, rows: Iterable["ListedMember"]) -> Mapping[str, set[int]]:
    return answers.holders(connection, {row.kpj for row in rows if row.kpj})


class _Plan:
    """Decides row by row; what stands twice in the file is looked at once."""

    def __init__(
        self,
        of_nik: Mapping[str, AnswerLine],
        holders: Mapping[str, set[int]],
        rows: Sequence["ListedMember"],
        day: datetime.date,
        *,
        read_before: bool,
    ) -> None:
        self._day = day.isoformat()
        self._read_before = read_before
        self._of_nik = of_nik
        self._holders = holders
        said: defaultdict[str, set[tuple[str | None, ...]]] = defaultdict(set)
        claimed: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.nik:
                said[row.nik].add((row.kpj, row.status, row.note))
                if row.kpj:
                    claimed[row.kpj].add(row.nik)
        self._torn = {nik for nik, ways in said.items() if len(ways) > 1}
        self._shared = {number for number, niks in claimed.items() if len(niks) > 1}
        self._seen: set[str] = set()

    def row(self, row: "ListedMember") -> ReplyRow:
        """Return what becomes of a row."""
        line = self._of_nik.get(row.nik or "")
        if row.nik is None or line is None:
            return _reply(row, None, Reply.PROBLEM, row.problem or AnswerProblem.UNKNOWN)
        if row.nik in self._torn:
            return _reply(row, line, Reply.PROBLEM, AnswerProblem.CONTRADICTORY)
        if row.nik in self._seen:
            return _reply(row, line, Reply.REPEATED)
        self._seen.add(row.nik)
        return self._in_time(row, line, self._judged(row, line))

    def _in_time(self, row: "ListedMember", line: AnswerLine, judged: ReplyRow) -> ReplyRow:
        """Return what a row does beside what is recorded: an older answer nothing, a later one its day."""
        if line.answered_on is None or line.outcome == LineOutcome.WITHDRAWN:
            return judged
        if judged.settlement and self._day < line.answered_on:
            return _reply(row, line, Reply.PROBLEM, AnswerProblem.OLDER)
        if judged.reply is Reply.UNCHANGED and self._day > line.answered_on and not self._read_before:
            again = Settlement(line, LineOutcome(line.outcome or ""), line.reason, line.kpj)
            return replace(judged, settlement=again)
        return judged

    def _judged(self, row: "ListedMember", line: AnswerLine) -> ReplyRow:
        from jamsostek_cli.roster.lists.verdicts import Verdict, verdict

        match verdict(row.status, row.note, has_kpj=row.kpj is not None):
            case Verdict.WAITING:
                return _reply(row, line, Reply.SILENT)
            case Verdict.UNCLEAR:
                return _reply(row, line, Reply.PROBLEM, AnswerProblem.UNCLEAR)
            case Verdict.REFUSED:
                return _refused(row, line)
            case _:
                return self._registered(row, line)

    def _registered(self, row: "ListedMember", line: AnswerLine) -> ReplyRow:
        problem = self._card_problem(row, line) or line.befallen
        if problem:
            return _reply(row, line, Reply.PROBLEM, problem)
        kpj = row.kpj or line.kpj
        if line.outcome == LineOutcome.REGISTERED and kpj == line.kpj:
            return _reply(row, line, Reply.UNCHANGED)
        if line.outcome == LineOutcome.REFUSED and line.taken:
            return _reply(row, line, Reply.PROBLEM, AnswerProblem.ALREADY_ENROLLED)
        settlement = Settlement(line, LineOutcome.REGISTERED, None, kpj)
        return _reply(row, line, _change(line, Reply.REGISTERED), settlement=settlement)

    def _card_problem(self, row: "ListedMember", line: AnswerLine) -> str | None:
        """Return why a card number cannot be this worker's."""
        if row.kpj is None:
            return None
        others = self._holders.get(row.kpj, set()) - {line.worker_id}
        shared = AnswerProblem.CARD_SHARED if others or row.kpj in self._shared else None
        return cards.fault(row.kpj) or shared


def _refused(row: "ListedMember", line: AnswerLine) -> ReplyRow:
    """Return what a refusal does: a line that is closed already needs none."""
    reason = row.note or row.status or ""
    if line.outcome == LineOutcome.WITHDRAWN or (
        line.outcome == LineOutcome.REFUSED and line.reason == reason
    ):
        return _reply(row, line, Reply.UNCHANGED, reason)
    if line.paid:
        return _reply(row, line, Reply.PROBLEM, AnswerProblem.PAID_ALREADY)
    problem = line.befallen
    if problem:
        return _reply(row, line, Reply.PROBLEM, problem)
    settlement = Settlement(line, LineOutcome.REFUSED, reason, None)
    return _reply(row, line, _change(line, Reply.REFUSED), reason, settlement)


def _change(line: AnswerLine, first: Reply) -> Reply:
    return first if line.outcome is None else Reply.CHANGED


def _reply(
    row: "ListedMember",
    line: AnswerLine | None,
    reply: Reply,
    detail: str | None = None,
    settlement: Settlement | None = None,
) -> ReplyRow:
    return ReplyRow(
        sheet=row.sheet,
        row=row.row,
        nik=masked(row.nik) if row.nik else None,
        name=row.name if line is None else line.name,
        worker=None if line is None else number_of(line.worker_id),
        submission=None if line is None else line.number,
        reply=reply,
        detail=detail,
        settlement=settlement,
    )

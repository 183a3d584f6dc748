"""The hand-off to BPJS: submissions made, made again, listed, and taken back."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli import safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.bpjs import form as forms
from jamsostek_cli.operations.bpjs import held as held_back
from jamsostek_cli.operations.bpjs.facts import facts_of
from jamsostek_cli.operations.bpjs.form import FilledTemplate, Form
from jamsostek_cli.operations.bpjs.held import Held
from jamsostek_cli.operations.bpjs.lacking import lacking_of
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.office import letterhead as letterheads
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.submission import layout as bpjs_layout
from jamsostek_cli.reports.submission import template
from jamsostek_cli.reports.submission import workbook as export
from jamsostek_cli.reports.submission.layout import SubmissionLayout
from jamsostek_cli.store.bpjs import submissions
from jamsostek_cli.store.bpjs.submissions import Applicant
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whom to hand in: everybody proposed, or those of a payer, a month, a batch.

    `after_refusal` says why those whom BPJS has refused before go too; without it they are held back.
    """

    payer: str | None = None
    month: Month | None = None
    batch: str | None = None
    after_refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFile:
    """Where the workbook goes, in which layout or whose workbook, and the password it is locked with."""

    path: Path
    layout: Path | None = None
    template: Path | None = None
    password: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A submission that was made, or would be.

    `waiting` were left out because they wait for an answer, `held` because BPJS has refused them before, or
    because they may be somebody who died;
    `again` are the workers who go all the same; `lacking` says how many lack a fact that the layout asks for.
    """

    number: str
    heads: int
    waiting: int
    payers: Mapping[str, int]
    held: tuple[Held, ...] = ()
    again: tuple[str, ...] = ()
    lacking: Mapping[str, int]
    template: FilledTemplate | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """Everything a submission's workbook rests on."""

    number: str
    letterhead: Letterhead
    applicants: Sequence[Applicant]
    waiting: int
    held: tuple[Held, ...] = ()
    again: tuple[str, ...] = ()

    def result(self, form: Form) -> Submitted:
        """Return what is handed in with a form."""
        payers = Counter(one.payer for one in self.applicants)
        return Submitted(
            number=self.number,
            heads=len(self.applicants),
            waiting=self.waiting,
            payers=dict(payers),
            held=self.held,
            again=self.again,
            lacking=lacking_of(self.applicants, form.layout),
            template=form.template,
        )


def submit(db: Database, act: Act, choice: Choice, target: SubmissionFile) -> Submitted:
    """Hand everybody proposed to BPJS: the workbook appears and its people are submitted, or neither.

    The workbook is made before the database is locked; what changed meanwhile is in it all the same.

    Raises E331 (nobody to submit), E346 (BPJS has refused everybody before), E302 (no such batch), E337,
    E502, E503, and what `form.load` and `form.check` raise about layout and template.
    """
    form = _form(target)
    with safe_file.beside(target.path, force=target.force) as part:
        with db.reading() as connection:
            draft = _draft(connection, act, choice)
        _fill(part, act, draft, form, target)
        with db.writing() as connection:
            fresh = _draft(connection, act, choice)
            if fresh != draft:
                _fill(part, act, fresh, form, target)
            sha256 = safe_file.sealed(part)
            result = fresh.result(form)
            submissions.add(
                connection,
                number=fresh.number,
                made_on=act.today.isoformat(),
                actor=act.actor,
                file=target.path.name,
                sha256=sha256,
                applicants=fresh.applicants,
            )
            audit.record(
                connection,
                act,
                action="bpjs.submit",
                subject=fresh.number,
                reason=(choice.after_refusal or "") if fresh.again else "",
                after={
                    "heads": result.heads,
                    "payers": result.payers,
                    **({"refused_before": fresh.again} if fresh.again else {}),
                    **_about(target, form, sha256),
                    **_leaves(connection, act, target, sha256, result.heads),
                },
            )
    return result


def rehearse(
    db: Database, act: Act, choice: Choice, layout: Path | None, blank: Path | None = None
) -> Submitted:
    """Return what `submit` would do; raises what it raises before it writes."""
    form = forms.load(layout, blank)
    with db.reading() as connection:
        draft = _draft(connection, act, choice)
    form.check(len(draft.applicants))
    return draft.result(form)


def write_again(
    db: Database, act: Act, number: str, target: SubmissionFile
) -> tuple[int, FilledTemplate | None]:
    """Write the workbook of a submission again, for those who wait still; return how many, and in what.

    The file holds full NIKs, so the audit trail keeps that it was made.

    Raises E332 (no such submission), E341 (nobody waits), and as `submit` about the file.
    """
    form = _form(target)
    with safe_file.beside(target.path, force=target.force) as part:
        with db.reading() as connection:
            known = submissions.find(connection, number)
            people = submissions.waiting(connection, known.id)
            letterhead = letterheads.of(connection)
        if not people:
            raise JcliError("E341", number=known.number)
        _fill(part, act, _Draft(known.number, letterhead, people, 0), form, target)
        sha256 = safe_file.sealed(part)
        with db.writing() as connection:
            audit.record(
                connection,
                act,
                action="bpjs.file",
                subject=known.number,
                after={
                    "heads": len(people),
                    **_about(target, form, sha256),
                    **_leaves(connection, act, target, sha256, len(people)),
                },
            )
    return len(people), form.template


def layout(path: Path | None) -> SubmissionLayout:
    """Return an office's layout, or the usual one; E201, E333 to E335 and E342 where it cannot be used."""
    return bpjs_layout.load(path)


def layout_fields() -> Mapping[str, Collection[str]]:
    """Return what a column may hold, each with the ways in which it can be written."""
    return bpjs_layout.FIELDS


def copy_layout(path: Path | None, output: Path, *, force: bool = False) -> None:
    """Write a layout, or the usual one, as a file to start from; E502 when another file stands there."""

    def fill(part: Path) -> None:
        part.write_bytes((path or bpjs_layout.PACKAGED).read_bytes())

    safe_file.write(output, fill, force=force)


def _form(target: SubmissionFile) -> Form:
    if target.path.suffix.lower() != ".xlsx":
        raise JcliError("E503", path=target.path.name, formats="xlsx")
    if target.template is not None and target.template.resolve() == target.path.resolve():
        raise JcliError("E002", problem=text("usage.template_output"))
    return forms.load(target.layout, target.template)


def _draft(connection: Connection, act: Act, choice: Choice) -> _Draft:
    """Return what a submission would hold; E331 or E346 when that is nobody."""
    batch_id = None if choice.batch is None else batches.find(connection, choice.batch).id
    found = submissions.proposed(
        connection,
        payer=choice.payer,
        month=None if choice.month is None else str(choice.month),
        batch_id=batch_id,
    )
    if not found.applicants:
        raise JcliError("E331", waiting=submissions.heads_waiting(connection))
    parted = held_back.part(connection, found.applicants, after_refusal=choice.after_refusal is not None)
    number = submissions.next_number(connection, act.today.year)
    return _Draft(
        number, letterheads.of(connection), parted.applicants, found.waiting, parted.held, parted.again
    )


def _fill(part: Path, act: Act, draft: _Draft, form: Form, target: SubmissionFile) -> None:
    """Write the workbook of a draft."""
    people = [
        facts_of(one, line=line, number=draft.number, city=draft.letterhead.city)
        for line, one in enumerate(draft.applicants, 1)
    ]
    if form.place is not None:
        template.write(part, form.place, people, target.password)
        return
    cover = export.CoverSheet(
        number=draft.number, made_on=act.today, letterhead=draft.letterhead, heads=len(draft.applicants)
    )
    export.write(part, form.layout, cover, people, target.password)


def _leaves(
    connection: Connection, act: Act, target: SubmissionFile, sha256: str, heads: int
) -> dict[str, object]:
    return departure.told(connection, act, FileKind.SUBMISSION, {target.path.name: sha256}, people=heads)


def _about(target: SubmissionFile, form: Form, sha256: str) -> dict[str, object]:
    """Return what the audit trail keeps of a file."""
    return {
        "file": target.path.name,
        "sha256": sha256,
        **form.about(),
        "locked": target.password is not None,
    }

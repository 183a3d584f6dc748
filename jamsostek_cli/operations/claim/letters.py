"""Letters and forms of a claim, written to files; the audit trail keeps what left the office."""

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli import messages, safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import (
    DEATH_KINDS,
    OPEN_STATES,
    PROGRAMME_OF,
    Benefactor,
    ClaimState,
    Component,
)
from jamsostek_cli.domain.iuran import Programme
from jamsostek_cli.domain.letters import LetterKind
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.operations.claim.family import payees
from jamsostek_cli.operations.claim.worth import decisive, explaining
from jamsostek_cli.operations.claim.worth.explaining import Explained
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.office import law
from jamsostek_cli.operations.office import letterhead as letterheads
from jamsostek_cli.reports.letters.facts import (
    LetterFacts,
    LetterHeir,
    LetterPaper,
    LetterPayment,
    begun,
    paper_words,
)
from jamsostek_cli.rules.claim import accident, explanation
from jamsostek_cli.rules.claim.explanation import StepKind, TooFewMonths
from jamsostek_cli.rules.family.heirs import HeirGroup
from jamsostek_cli.rules.law import stamp
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.claim import claim_documents, claim_family
from jamsostek_cli.store.claim.claim_payments import ClaimPayment
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.tables.wording import paper_name, payer_name, word

if TYPE_CHECKING:
    from jamsostek_cli.reports.letters.paper import Paper
    from jamsostek_cli.rules.claim.documents import AskedPaper

_NIK: Final = re.compile(r"(?<!\d)\d{16}(?!\d)")
_ACTION: Final = "claim.print"
_OF_HEIRS: Final = frozenset({LetterKind.HEIRS, LetterKind.ATTORNEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A paper that was written: how many different NIKs stand in it, and which settings its head lacks."""

    number: str
    kind: LetterKind
    file: str
    sha256: str
    niks: int
    lacking: tuple[str, ...]


def write(db: Database, act: Act, number: str, kind: LetterKind, path: Path, *, force: bool) -> Printed:
    """Write a letter or form of a claim, always in Indonesian, with an audit row.

    Raises E402, E502, E503 (neither PDF nor Word), E550 (a letter about a claim that is decided), E551 (a
    receipt of money of which nobody knows how much), E560 (heirs of somebody who is alive), E106 and E108.
    """
    from jamsostek_cli.reports.letters import registry

    ending = path.suffix.lower()
    if ending not in registry.LETTERS:
        raise JcliError("E503", path=path.name, formats="pdf, docx")
    with safe_file.beside(path, force=force) as part, db.writing() as connection, messages.speaking("id"):
        detail = claim_detail.of(connection, number)
        _refuse(detail, kind)
        facts = _facts(connection, detail, act.today)
        paper = registry.COMPOSED[kind](facts)
        registry.WRITERS[ending](paper, part)
        printed = Printed(
            number=detail.claim.number,
            kind=kind,
            file=path.name,
            sha256=safe_file.sealed(part),
            niks=niks_in(paper),
            lacking=tuple(name for name in ("office", "signer") if not getattr(facts.letterhead, name)),
        )
        audit.record(
            connection,
            act,
            action=_ACTION,
            subject=printed.number,
            after={
                "paper": kind,
                "file": path.name,
                "sha256": printed.sha256,
                "niks": printed.niks,
                **departure.told(
                    connection, act, FileKind.LETTER, {path.name: printed.sha256}, people=max(printed.niks, 1)
                ),
            },
        )
    return printed


def niks_in(paper: "Paper") -> int:
    """Return how many different NIKs stand in a paper."""
    return len(set(_NIK.findall(json.dumps([asdict(block) for block in paper.blocks]))))


def _refuse(detail: ClaimDetail, kind: LetterKind) -> None:
    claim, worker = detail.claim, detail.worker
    if kind is LetterKind.LETTER and claim.state not in OPEN_STATES:
        raise JcliError("E550", claim=claim.number, state=claim.state)
    if kind is LetterKind.KUITANSI and not (claim.paid or claim.owed):
        raise JcliError("E551", claim=claim.number)
    if kind in _OF_HEIRS and worker.died_on is None:
        raise JcliError("E560", worker=worker.number, claim=claim.number)


def _facts(connection: Connection, detail: ClaimDetail, today: datetime.date) -> LetterFacts:
    claim, worker = detail.claim, detail.worker
    regulation = law.in_force(connection)
    family = claim_family.of_claim(connection, claim.id)
    born, known = worker.facts.birth_date, enrolments.of_person(connection, worker.id)
    question = None if detail.assessment is None else detail.assessment.confirmation
    explained = explaining.on_record(connection, claim, worker)
    return LetterFacts(
        letterhead=letterheads.of(connection),
        today=today,
        number=claim.number,
        kind=claim.kind,
        kind_words=word(claim.kind),
        cause=claim.cause,
        cause_words=word(claim.cause),
        state=claim.state,
        state_words=word(claim.state),
        event_date=claim.event_date,
        reported_on=claim.reported_on,
        worker=worker.number,
        name=worker.facts.name,
        sex=worker.facts.sex,
        nik=worker.nik,
        kpj=next((one.kpj for one in reversed(known) if one.kpj), None),
        birth_place=worker.facts.birth_place,
        birth_date=None if born is None else datetime.date.fromisoformat(born),
        died_on=worker.died_on,
        address=worker.facts.address,
        rt=worker.facts.rt,
        rw=worker.facts.rw,
        kelurahan=worker.kelurahan,
        occupation=worker.facts.occupation,
        lines=tuple((word(Component(one.component)), one.citation, one.amount) for one in detail.lines),
        outcomes=None if question is None else question.outcomes,
        question="" if question is None else text(f"question.{question.question}"),
        decides=tuple(decisive.said(ground, claim) for ground in detail.decides),
        have=_have(connection, claim.id),
        missing=detail.missing,
        asked=tuple(" atau ".join(_any_of(asked)) for asked in detail.checklist.missing(detail.have)),
        heirs=_heirs(connection, worker, today),
        contact=family.contact,
        contact_phone=family.contact_phone,
        payee=family.payee,
        account=" ".join(filter(None, (family.bank, family.account))) or None,
        payments=_payments(detail.payments),
        owed=claim.owed,
        history=tuple(
            (figures.moment(one.at), one.actor, text(f"history.{one.action.removeprefix('claim.')}"))
            for one in detail.history
            if one.action != _ACTION
        ),
        lapses_on=_lapses_on(claim, regulation),
        most_children=None if explained is None else _most_children(claim, explained, regulation),
        too_few=None if explained is None else _too_few(explained, regulation),
        filed=claim.state is not ClaimState.REPORTED,
        stamp_above=stamp.receipts_above(today, regulation),
        stamp=stamp.duty(today, regulation),
        lost_at_sea=detail.circumstances.lost_at_sea,
        funeral=accident.funeral_part((one.component, one.amount) for one in detail.lines),
    )


def _most_children(claim: Claim, explained: Explained, regulation: Regulation) -> int | None:
    """Return how many children may have a scholarship after a death; None where that is ruled out."""
    ruled_out = {StepKind.TENURE_MISSED, StepKind.NO_CHILD}
    told = explained.explanation
    if claim.kind not in DEATH_KINDS or told.assessment is None:
        return None
    if any(step.kind in ruled_out for step in told.steps):
        return None
    return regulation.count("beasiswa.max_children", claim.event_date)


def _too_few(explained: Explained, regulation: Regulation) -> TooFewMonths | None:
    assessment = explained.explanation.assessment
    return None if assessment is None else explanation.too_few_months(explained.facts, assessment, regulation)


def _have(connection: Connection, claim_id: int) -> tuple[LetterPaper, ...]:
    return tuple(
        LetterPaper(
            name=paper_words(one.name),
            recorded_on=one.recorded_on,
            recorded_by=one.recorded_by,
            held_by=one.held_by,
        )
        for one in claim_documents.of_claim(connection, claim_id)
    )


def _any_of(asked: "AskedPaper") -> tuple[str, ...]:
    """Return a paper in words, and what does in its place."""
    first, *others = asked.any_of
    return (paper_words(first), *map(paper_name, others))


def _heirs(connection: Connection, worker: Worker, today: datetime.date) -> tuple[LetterHeir, ...]:
    """Return who inherits: whom a nearer heir excludes signs nothing."""
    if worker.died_on is None:
        return ()
    inheriting = payees.succession(connection, worker, today).paid()
    return tuple(
        LetterHeir(
            name=one.heir.name,
            relation=begun(word(one.heir.relation)),
            nik=one.heir.nik,
            birth_date=one.heir.birth_date,
            guardian=one.heir.guardian,
            minor=one.minor,
        )
        for one in inheriting
        if one.group is not HeirGroup.BURIAL
    )


def _payments(rows: Sequence[ClaimPayment]) -> tuple[LetterPayment, ...]:
    """Return the payments that stand, one for each proof: a payment of several lines is one receipt."""

    def of_one(row: ClaimPayment) -> tuple[datetime.date, str, str, str]:
        return (row.paid_on, row.proof, row.payer, row.payee or "")

    living = sorted((row for row in rows if not row.voided), key=of_one)
    return tuple(
        LetterPayment(
            amount=sum(row.amount for row in shares),
            paid_on=paid_on,
            payee=payee or None,
            payer=_payer(payer),
            proof=proof,
        )
        for (paid_on, proof, payer, payee), shares in groupby(living, key=of_one)
    )


def _payer(code: str) -> str:
    """Return who paid, in words; a payer that only the office knows is called by its code."""
    return word(Benefactor.BPJS) if code == Benefactor.BPJS else payer_name(code)


def _lapses_on(claim: Claim, regulation: Regulation) -> datetime.date | None:
    """Return the last day to claim: only the right to JKK lapses, counted from the accident."""
    if PROGRAMME_OF[claim.kind] is not Programme.JKK:
        return None
    return accident.lapses_on(claim.event_date, regulation) - datetime.timedelta(days=1)

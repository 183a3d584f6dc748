"""Rows of a list of claims, carried out one after the other: each wholly or not at all."""

import datetime
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.bpjs_claims import BPJS, ListReply, ListUse, Said
from jamsostek_cli.domain.claim import (
    DEATH_KINDS,
    PROGRAMME_OF,
    ClaimKind,
    ClaimMove,
    ClaimOutcome,
    ClaimState,
)
from jamsostek_cli.domain.iuran import Programme
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.rejection import ONLY_AT_WORK, RejectionReason
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.bpjs.claims import opening as claim_opening
from jamsostek_cli.operations.bpjs.claims import trace as claim_trace
from jamsostek_cli.operations.bpjs.claims.outcome import ClaimRow, ListTerms
from jamsostek_cli.operations.bpjs.claims.people import ListedPeople
from jamsostek_cli.operations.claim import payment as payments
from jamsostek_cli.operations.claim.family import payees
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.roster.lists import claim_columns
from jamsostek_cli.roster.lists.claims import ClaimList, ListedClaim
from jamsostek_cli.store.claim import claim_course, claim_filing, claim_payments, claims
from jamsostek_cli.store.claim.claim_filing import FAMILY
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file import four_eyes
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

_UNVERIFIED = {ClaimState.REPORTED, ClaimState.SUBMITTED}


class _Meant(NamedTuple):
    """Of whom and of what a row speaks: the claim that stands, if any, and the last one that is decided."""

    worker: Worker
    row: ListedClaim
    claim: Claim | None
    decided: Claim | None
    kinds: Collection[ClaimKind]

    @property
    def is_old(self) -> bool:
        """Whether no claim stands and the row tells nothing of the decided one that is not on record."""
        known = self.decided
        return self.claim is None and known is not None and not claim_trace.is_filed_anew(known, self.row)


class ClaimCarrier:
    """Carries out one row after the other; what the rules of claims refuse is a problem of its row.

    `after` is what the trail keeps of each claim, `torn` are the claims of which the list tells two payments
    that cannot both be true: read again with those, none of their rows is carried out.
    """

    def __init__(
        self, connection: Connection, act: Act, told: ClaimList, terms: ListTerms, torn: Collection[int]
    ) -> None:
        self._db, self._act, self._told, self._terms = connection, act, told, terms
        self._people = ListedPeople(connection, told.rows)
        self._doubted = torn
        self._seq = audit.next_seq(connection)
        self._seen: set[ListedClaim] = set()
        self._paid_here: set[str] = set()
        self.torn: set[int] = set()
        self.there: set[int] = set()
        self.after: dict[str, dict[str, object]] = {}

    def take(self, row: ListedClaim) -> ClaimRow:
        """Carry a row out and return what became of it."""
        said = ClaimRow(
            sheet=row.sheet,
            row=row.row,
            reply=ListReply.PROBLEM,
            nik=masked(row.nik) if row.nik else None,
            name=row.name,
            amount=row.amount,
            paid_on=row.paid,
            proof=row.proof,
            receipt=row.receipt,
            reason=row.note or row.status,
        )
        self._db.execute("SAVEPOINT listed_claim")
        try:
            worker = self._people.person(row)
            said = replace(
                said, worker=worker.number, nik=masked(worker.nik), name=worker.facts.name, kind=None
            )
            said = self._carried_out(worker, row, said)
        except JcliError as error:
            self._db.execute("ROLLBACK TO listed_claim")
            return replace(said, reply=ListReply.PROBLEM, error=error)
        finally:
            self._db.release("listed_claim")
        if said.number is not None and said.reply not in {ListReply.KNOWN, ListReply.REPEATED}:
            self._keep(said)
        return said

    def _keep(self, said: ClaimRow) -> None:
        """Keep in the trail what a row made of its claim."""
        kept = self.after.setdefault(said.number or "", {})
        claim = claims.find(self._db, said.number or "")
        kept |= {"did": said.reply, "state": claim.state, "row": said.place, "amount": claim.amount}
        kept |= {"opened": True} if said.opened else {}
        if said.pays:
            self._paid_here.add(claim.number)
            kept |= {"paid": said.amount, "owed": claim.owed, "paid_on": said.paid_on, "proof": said.proof}
            kept |= {"due": said.due, "confirmed": claim.confirmed}
            kept |= {"payee": said.payee, "capacity": said.capacity, "payee_reason": said.payee_reason}
        if said.reply is ListReply.REFUSED:
            kept["reason"] = said.reason
        kept |= {name: fact for name, fact in claim_filing.of(claim)._asdict().items() if fact is not None}

    def _carried_out(self, worker: Worker, row: ListedClaim, said: ClaimRow) -> ClaimRow:
        same = replace(row, sheet="", row=0)
        if same in self._seen:
            return replace(said, reply=ListReply.REPEATED)
        self._seen.add(same)
        kinds = row.kinds or ({self._terms.kind} if self._terms.kind else frozenset())
        claim, decided = self._people.claims(worker, row, kinds)
        meant = _Meant(worker, row, claim, decided, kinds)
        if claim is not None:
            self.there.add(claim.id)
            said = replace(said, number=claim.number, kind=claim.kind, due=claim.owed)
        if worker.id in self._doubted and row.said is Said.PAID:
            raise JcliError("E374", worker=worker.number)
        self._refuse_unread(worker, row, claim)
        match row.said:
            case Said.PAID:
                return self._paid(meant, said)
            case _ if self._terms.use is ListUse.PAYMENTS:  # a list of payments that says it is none
                raise JcliError("E375")
            case Said.REFUSED:
                return self._refused(meant, said)
            case Said.WAITING:
                return self._waiting(meant, said)
            case _:
                raise JcliError("E375")

    def _refuse_unread(self, worker: Worker, row: ListedClaim, claim: Claim | None) -> None:
        """Raise E364, E368, E372 or E380 where an amount, a day or a benefit cannot be read, or cannot be."""
        if "kind" in row.unread:
            raise JcliError("E380")
        if "amount" in row.unread:
            raise JcliError("E364")
        days = [day for day in (row.event, row.filed) if day is not None]
        if row.unread or any(day > self._act.today for day in days) or days != sorted(days):
            raise JcliError("E368")
        if claim is not None and claim.kind in DEATH_KINDS and row.event is not None:
            known = {claim.event_date, worker.died_on}
            if row.event not in known:
                raise JcliError("E372", claim=claim.number, ours=claim.event_date, theirs=row.event)

    def _paid(self, meant: _Meant, said: ClaimRow) -> ClaimRow:
        row, claim, worker = meant.row, meant.claim, meant.worker
        paid_on, amount = row.paid or self._terms.paid_on, row.amount
        if amount is None or amount <= 0:
            raise JcliError("E364")
        if paid_on is None:
            raise JcliError("E368")
        own = row.proof or self._terms.proof
        proof = own or f"{self._told.file} {row.sheet}!{row.row} {self._told.sha256[:8]}"
        said = replace(said, paid_on=paid_on, proof=proof)
        twice = claim is not None and claim.number in self._paid_here
        if claim is None and self._terms.use is ListUse.PAYMENTS:
            raise JcliError("E370", worker=worker.number, kind=next(iter(meant.kinds), ClaimKind.JKM))
        if claim is None:
            claim, said = self._open(meant._replace(row=replace(row, paid=paid_on)), said, covered=True)
        elif claim_trace.is_known(self._db, claim, amount, paid_on, own, twice=twice):
            return replace(said, reply=ListReply.KNOWN)
        elif claim.paid and amount > (claim.owed or 0):
            if twice:
                self.torn.add(worker.id)
            raise JcliError("E373", claim=claim.number, paid=claim.paid, theirs=amount)
        reply = ListReply.PAID
        if claim.state in _UNVERIFIED and self._terms.use is ListUse.EVERYTHING:
            reply = ListReply.PAID if said.opened else ListReply.ON_WORD
            claim_trace.note(self._db, self._act, claim, row)
            claim = self._on_word(claims.find(self._db, claim.number), worker, amount)
        due = claim.owed or 0
        received = self._enter(claim, amount, paid_on, proof, row.payee)
        if amount != due:
            reply = ListReply.PAID_OTHERWISE
        said = replace(said, reply=reply, due=due, payee=received.name)
        return replace(said, capacity=received.capacity, payee_reason=received.reason)

    def _on_word(self, claim: Claim, worker: Worker, amount: int) -> Claim:
        """Verify a claim on BPJS's word, at what the rules say; where they ask, the amount is the answer.

        Raises E378 where it is none, and what the rules refuse.
        """
        assessment = pricing.assess(self._db, claim, worker)
        lines, confirmed, question = assessment.lines, None, assessment.confirmation
        if question is not None:
            answers = {
                total: (outcome, said)
                for total, outcome, said in zip(
                    question.outcomes,
                    (ClaimOutcome.REDUCED, ClaimOutcome.FULL),
                    (question.reduced, question.full),
                    strict=True,
                )
            }
            if amount not in answers:
                raise JcliError("E378", claim=claim.number, outcomes=question.outcomes)
            confirmed, lines = answers[amount]
        claims.set_lines(
            self._db, claim.id, pricing.stored(lines), None if question is None else question.question
        )
        claims.verify(self._db, claim, by=BPJS, on=self._act.today, confirmed=confirmed)
        return claims.find(self._db, claim.number)

    def _enter(
        self, claim: Claim, amount: int, paid_on: datetime.date, proof: str, payee: str | None
    ) -> payees.Payee:
        """Enter a payment and return who got it; whom BPJS says it has paid needs no other reason."""
        payment = payments.Payment(
            proof=proof,
            paid_on=paid_on,
            payer=self._terms.payer,
            payee=payee,
            amount=amount,
            difference=self._told.file,
            decision=self._terms.decision,
        )
        why = self._told.file if self._terms.use is ListUse.EVERYTHING else self._terms.payee_reason
        payments.refuse(self._db, claim, self._act, payment)
        used = claim_payments.paid_with(self._db, proof, [claim.id], running=self._seq)
        if used is not None:
            raise JcliError("E412", proof=proof, claim=used)
        received = payees.of_payment(self._db, claim, payee, why, self._act.today)
        entry = payments.reckoned(self._db, claim, payment, received)
        payments.enter(self._db, self._act, claim, entry, payment, self._seq)
        return received

    def _open(self, meant: _Meant, said: ClaimRow, *, covered: bool) -> tuple[Claim, ClaimRow]:
        claim = claim_opening.open_filed(
            self._db,
            self._act,
            meant.worker,
            meant.row,
            kinds=meant.kinds,
            reopens=meant.decided,
            covered=covered,
        )
        self.there.add(claim.id)
        return claim, replace(said, number=claim.number, kind=claim.kind, opened=True)

    def _refused(self, meant: _Meant, said: ClaimRow) -> ClaimRow:
        if meant.is_old:
            return self._known(meant, said)
        claim = meant.claim
        if claim is None:
            claim, said = self._open(meant, said, covered=False)
        target = domain.after(claim.number, claim.state, ClaimMove.REJECT)
        if claim.paid:
            raise JcliError("E461", claim=claim.number, paid=claim.paid, move=ClaimMove.REJECT)
        if claim.filed_by != FAMILY:
            reporters = claims.reporters(self._db, claim)
            four_eyes.refuse_first_person(self._db, self._act, reporters, claim.number)
        claim_trace.note(self._db, self._act, claim, meant.row)
        claims.move(self._db, claims.find(self._db, claim.number), target, on=self._act.today)
        claim_course.reject_for(self._db, claim, self._why_refused(claim, meant.row))
        return replace(said, reply=ListReply.REFUSED)

    @staticmethod
    def _why_refused(claim: Claim, row: ListedClaim) -> RejectionReason:
        """Return the reason of our list that BPJS's words name; the words stay in the trail in any case."""
        why = claim_columns.refused_for(" ".join(filter(None, (row.status, row.note))))
        at_work = PROGRAMME_OF[claim.kind] is Programme.JKK
        return (
            RejectionReason.REFUSED_BY_BPJS if why is None or (why in ONLY_AT_WORK and not at_work) else why
        )

    def _waiting(self, meant: _Meant, said: ClaimRow) -> ClaimRow:
        if meant.is_old:
            return self._known(meant, said)
        claim = meant.claim
        if claim is None:
            return replace(self._open(meant, said, covered=True)[1], reply=ListReply.OPENED)
        if claim.state is ClaimState.PAID:
            return replace(said, reply=ListReply.KNOWN)
        news = claim_trace.note(self._db, self._act, claim, meant.row)
        return replace(said, reply=ListReply.FILED if news else ListReply.KNOWN)

    @staticmethod
    def _known(meant: _Meant, said: ClaimRow) -> ClaimRow:
        decided = meant.decided
        assert decided is not None  # noqa: S101 - `is_old` has looked
        return replace(said, reply=ListReply.KNOWN, number=decided.number, kind=decided.kind)

"""Claims verified by a second pair of eyes, and sent back when their facts have changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import ClaimMove, ClaimOutcome, ClaimState
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.operations.claim.worth import decisive, pricing
from jamsostek_cli.rules.claim import grounds
from jamsostek_cli.rules.claim.benefit import Assessment, BenefitLine
from jamsostek_cli.rules.claim.grounds import Ground
from jamsostek_cli.store.claim import claim_filing, claim_history, claim_payments, claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file import four_eyes
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.tables.wording import paper_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a verifier answers, one for all claims: reasons for going on where the program would stop.

    `override` without all documents, `undecided` although somebody may be the same person, `decision`
    although money hangs on facts that the rules do not settle. `confirm` with its
    `reason` answers a question the law leaves open. `shown` are the grounds in words that a decision was
    asked for, None where nobody was asked: when they are others by then, the decision does not count.
    """

    override: str | None = None
    undecided: str | None = None
    decision: str | None = None
    confirm: ClaimOutcome | None = None
    reason: str | None = None
    shown: str | None = None


def verify(
    db: Database, act: Act, numbers: Sequence[str], answers: Answers, *, dry_run: bool = False
) -> list[ClaimDetail]:
    """Verify claims, all or none: covered at the event, documents complete, by a second pair of eyes.

    Raises E402, E406 (not covered), E407 (documents missing), E408 (four eyes), E409 (state), E414 (question
    unanswered), E418, E422, E423 (no question), E451 (recorded its papers), E463 (an undecided pair), E601;
    after all of them E464 (a decision is missing; its fact `decides` says of each claim what has to be
    decided).
    """
    with db.changing(dry_run=dry_run) as connection:
        settled: dict[str, object] = {}
        hanging = []
        for number in dict.fromkeys(numbers):
            detail = claim_detail.of(connection, number)
            others = decisive.pairs(detail.decides)
            try:
                decisive.refuse_open_pair(detail.worker.id, others, answers.undecided)
                total = _verify_one(connection, act, detail, answers)
            except JcliError as refusal:
                raise refusal.about(detail.claim.number) from None
            weighty = grounds.to_decide(detail.decides, total)
            if weighty:
                hanging.append(_hangs(detail.claim, total, weighty))
            settled[detail.claim.number] = {
                "amount": total,
                "missing": detail.missing,
                "override": answers.override,
                "undecided": answers.undecided,
                "pairs": [number_of(other) for other in others],
                "decision": answers.decision if weighty else None,
                "decides": [one.ground for one in weighty],
                "confirmed": answers.confirm,
                "confirmed_because": answers.reason,
            }
        _refuse_undecided(hanging, answers)
        said = (answers.override, answers.undecided, answers.decision, answers.reason)
        audit.record(
            connection,
            act,
            action="claim.verify",
            subject=" ".join(settled),
            reason="; ".join(filter(None, said)),
            after=settled,
        )
        for number in settled:  # a scholarship rests on those that were verified before
            pricing.price_again(connection, claims.find(connection, number).worker_id)
    with db.reading() as connection:  # the trail now tells who decided what
        return [claim_detail.of(connection, number) for number in settled]


def _hangs(claim: Claim, total: int, weighty: Sequence[Ground]) -> str:
    """Say on what a claim hangs, and how much money."""
    said = [decisive.said(one, claim) for one in weighty]
    if len(said) > 1:
        said = [f"({number}) {words}" for number, words in enumerate(said, 1)]
    return f"{claim.number} ({figures.rupiah(total)}): {' '.join(said)}"


def _refuse_undecided(hanging: Sequence[str], answers: Answers) -> None:
    words = " · ".join(hanging)
    if words and (answers.decision is None or answers.shown not in {None, words}):
        raise JcliError("E464", decides=words, claim=hanging[0].partition(" ")[0])


def _verify_one(connection: Connection, act: Act, detail: ClaimDetail, answers: Answers) -> int:
    claim = detail.claim
    domain.after(claim.number, claim.state, ClaimMove.VERIFY)
    reporters = claims.reporters(connection, claim) + claim_history.told_by(connection, claim.number)
    if four_eyes.asked_for(connection) and any(map(act.is_by, reporters)):
        raise JcliError("E408", claim=claim.number, actor=act.actor)
    _refuse_own_papers(connection, act, detail)
    if detail.assessment is None:
        raise detail.refusal or JcliError("E402", claim=claim.number)
    if detail.missing and answers.override is None:
        missing = ", ".join(map(paper_name, detail.missing))
        raise JcliError("E407", claim=claim.number, missing=missing)
    lines = _confirmed(detail, detail.assessment, answers.confirm)
    question = None if detail.assessment.confirmation is None else detail.assessment.confirmation.question
    claims.set_lines(connection, claim.id, pricing.stored(lines), question)
    claims.verify(connection, claim, by=act.actor, on=act.today, confirmed=answers.confirm)
    return sum(line.amount for line in lines)


def _refuse_own_papers(connection: Connection, act: Act, detail: ClaimDetail) -> None:
    """Raise E451 when whoever verifies has recorded papers of the claim, where four eyes are asked for."""
    own = [paper.name for paper in detail.papers if act.is_by(paper.recorded_by)]
    if own and four_eyes.asked_for(connection):
        papers = ", ".join(map(paper_name, own))
        raise JcliError("E451", claim=detail.claim.number, actor=act.actor, papers=papers)


def _grounds(detail: ClaimDetail) -> list[str]:
    """Say what else decides a claim: who answers a question has to know it."""
    return [text("say.decides", what=decisive.said(one, detail.claim)) for one in detail.decides]


def _confirmed(
    detail: ClaimDetail, assessment: Assessment, confirm: ClaimOutcome | None
) -> Sequence[BenefitLine]:
    claim, question = detail.claim, assessment.confirmation
    if question is None:
        if confirm is not None:
            raise JcliError("E423", claim=claim.number)
        return assessment.lines
    reduced, full = question.outcomes
    if confirm is None:
        raise JcliError(
            "E414",
            claim=claim.number,
            question=" ".join([text(f"question.{question.question}"), *_grounds(detail)]),
            full=full,
            reduced=reduced,
            between=full - reduced,
        )
    lines = question.full if confirm is ClaimOutcome.FULL else question.reduced
    if not lines:
        raise JcliError("E422", claim=claim.number)
    return lines


@dataclass(frozen=True, slots=True)
class Returned:
    """A claim that was sent back, and the rupiah at which it had been verified."""

    detail: ClaimDetail
    before: int


def send_back(db: Database, act: Act, number: str, *, reason: str) -> Returned:
    """Send a verified claim back, so that it is priced on today's facts and verified anew; papers stay.

    It is `submitted` again where it had been handed in, else `reported`. Raises E402, E409 (state), E461 (a
    part of it is paid), E465 (it was paid and that was taken back: those entries stay with its lines).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        target = domain.after(claim.number, claim.state, ClaimMove.RETURN)
        if claim.paid:
            raise JcliError("E461", claim=claim.number, paid=claim.paid, move=ClaimMove.RETURN)
        if claim_payments.of_claim(connection, claim.number):
            raise JcliError("E465", claim=claim.number)
        steps = [step.action for step in claim_history.history(connection, claim.number)]
        at_bpjs = any(claim_filing.of(claim))
        if at_bpjs or f"claim.{ClaimMove.SUBMIT}" in steps:
            target = ClaimState.SUBMITTED
        claims.send_back(connection, claim, target)
        pricing.price_again(connection, claim.worker_id)
        detail = claim_detail.of(connection, claim.number)
        audit.record(
            connection,
            act,
            action=f"claim.{ClaimMove.RETURN}",
            subject=claim.number,
            reason=reason,
            before={
                "amount": claim.amount,
                "verified_by": claim.verified_by,
                "verified_on": claim.verified_on,
                "confirmed": claim.confirmed,
            },
            after={"state": target, "amount": detail.claim.amount},
        )
        return Returned(claim_detail.of(connection, claim.number), claim.amount or 0)


def approve(db: Database, act: Act, number: str, *, reason: str = "") -> ClaimDetail:
    """Record that the head approves a verified claim, so that more than `head_above` rupiah may be paid.

    Raises E402, E409 (state), E483 (not the head), E487 (who recorded or verified it), E488 (approved
    already).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        domain.after(claim.number, claim.state, ClaimMove.APPROVE)
        if claim.approved_by is not None:
            raise JcliError("E488", claim=claim.number, actor=claim.approved_by)
        first = [*claims.reporters(connection, claim), claim.verified_by]
        four_eyes.refuse_first_person(connection, act, first, claim.number)
        claims.approve(connection, claim, by=act.actor, on=act.today)
        audit.record(
            connection,
            act,
            action=f"claim.{ClaimMove.APPROVE}",
            subject=claim.number,
            reason=reason,
            after={"amount": claim.amount},
        )
        return claim_detail.of(connection, claim.number)

"""Claims settled: verified, sent back, paid, closed, and payments taken back."""

import datetime
from dataclasses import replace
from typing import Annotated

import typer

from jamsostek_cli.cli.bpjs.claims import PartialOption
from jamsostek_cli.cli.claim import from_list, screen
from jamsostek_cli.cli.claim.asking import asked
from jamsostek_cli.cli.claim.from_list import PayFromOption, VerifyFromOption
from jamsostek_cli.cli.claim.paid import recorded
from jamsostek_cli.cli.frame.options import (
    BenefactorOption,
    DryRunOption,
    OptionalReason,
    PasswordOption,
    ReasonOption,
    a_benefactor,
    amount_option,
    choice_option,
    date_option,
    words_option,
)
from jamsostek_cli.cli.frame.refusal import sentence
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import answered, is_asked, session
from jamsostek_cli.domain.claim import Benefactor, ClaimOutcome
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word

ClaimArgument = Annotated[str, typer.Argument(metavar="CLAIM", help=text("opt.claim"))]
ClaimsArgument = Annotated[list[str], typer.Argument(metavar="CLAIM...", help=text("opt.claim"))]
NoClaimsArgument = Annotated[list[str] | None, typer.Argument(metavar="CLAIM...", help=text("opt.claim"))]
UndecidedOption = Annotated[str | None, words_option("--undecided", "opt.undecided", "REASON")]


def verify(
    ctx: typer.Context,
    claims: NoClaimsArgument = None,
    override: Annotated[str | None, words_option("--override", "opt.override", "REASON")] = None,
    undecided: UndecidedOption = None,
    decision: Annotated[str | None, words_option("--decision", "opt.decision", "REASON")] = None,
    confirm: Annotated[
        ClaimOutcome | None, choice_option("--confirm", ClaimOutcome, "opt.confirm", "ANSWER")
    ] = None,
    reason: OptionalReason = None,
    *,
    from_file: VerifyFromOption = None,
    partial: PartialOption = False,
    password_file: PasswordOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Verify claims: covered, complete, decided, seen by a second pair of eyes."""
    from jamsostek_cli.operations.claim import verification

    current = session(ctx)
    if confirm is not None and not reason:
        raise JcliError("E002", problem=text("usage.confirm"))
    answers = verification.Answers(
        override=override, undecided=undecided, decision=decision, confirm=confirm, reason=reason
    )
    if from_file is not None:
        if claims:
            raise JcliError("E002", problem=text("usage.verify_from"))
        from_list.verify(
            current, from_file, answers, partial=partial, dry_run=dry_run, password_file=password_file
        )
        return
    from_list.refuse_alone(partial=partial, dry_run=dry_run, password_file=password_file)
    if not claims:
        raise JcliError("E002", problem=text("usage.verify"))
    asked(current, claims, "ask.verify", confirm)
    verified = None
    while verified is None:
        try:
            verified = verification.verify(current.database(), current.act(), claims, answers)
        except JcliError as refusal:
            if refusal.code != "E464" or not is_asked(current):
                raise
            said = answered(f"{sentence(refusal)}\n{text('ask.decision')}")
            answers = replace(answers, decision=said, shown=str(refusal.facts["decides"]))
    show(
        current,
        Answer(
            data=[screen.record(detail) for detail in verified],
            lines=[line for detail in verified for line in screen.verified(detail)],
            hints=[text("next.label", step=text("next.pay_claim", claim=verified[0].claim.number))],
        ),
    )


def send_back(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Send a verified claim back for a new price."""
    from jamsostek_cli.operations.claim import verification

    current = session(ctx)
    asked(current, [claim], "ask.send_back")
    returned = verification.send_back(current.database(), current.act(), claim, reason=reason)
    now = returned.detail.claim
    facts = {
        "claim": now.number,
        "state": word(now.state),
        "before": figures.rupiah(returned.before),
        "now": text("say.not_certain") if now.amount is None else figures.rupiah(now.amount),
    }
    said = [text("say.claim_returned", **facts)]
    screen.changed(current, returned.detail, said, amount_before=returned.before)


def pay(
    ctx: typer.Context,
    claims: NoClaimsArgument = None,
    *,
    proof: Annotated[str | None, words_option("--proof", "opt.proof", "NO")] = None,
    date: Annotated[datetime.date | None, date_option("--date", "opt.paid_on")] = None,
    amount: Annotated[int | None, amount_option("--amount", "opt.amount")] = None,
    difference: Annotated[str | None, words_option("--difference", "opt.difference", "REASON")] = None,
    payee: Annotated[str | None, words_option("--payee", "opt.payee", "NAME")] = None,
    payee_reason: Annotated[str | None, words_option("--payee-reason", "opt.payee_reason", "REASON")] = None,
    payer: BenefactorOption = Benefactor.BPJS,
    decision: Annotated[str | None, words_option("--decision", "opt.pay_decision", "REASON")] = None,
    undecided: UndecidedOption = None,
    from_file: PayFromOption = None,
    partial: PartialOption = False,
    password_file: PasswordOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record that claims were paid."""
    from jamsostek_cli.domain.bpjs_claims import ListUse
    from jamsostek_cli.operations.bpjs.claims.outcome import ListTerms
    from jamsostek_cli.operations.claim import payment as claim_payment

    current = session(ctx)
    if from_file is not None:
        if any((claims, amount is not None, difference, payee, undecided)):
            raise JcliError("E002", problem=text("usage.pay_from"))
        terms = ListTerms(
            use=ListUse.PAYMENTS,
            paid_on=date,
            proof=proof,
            payer=a_benefactor(payer),
            decision=decision,
            payee_reason=payee_reason,
        )
        from_list.pay(
            current, from_file, terms=terms, partial=partial, dry_run=dry_run, password_file=password_file
        )
        return
    from_list.refuse_alone(partial=partial, dry_run=dry_run, password_file=password_file)
    if not claims:
        raise JcliError("E002", problem=text("usage.pay"))
    if proof is None or date is None:
        missing = "--proof" if proof is None else "--date"
        raise JcliError("E002", problem=text("usage.missing", name=missing))
    payment = claim_payment.Payment(
        proof=proof,
        paid_on=date,
        payer=a_benefactor(payer),
        payee=payee,
        payee_reason=payee_reason,
        amount=amount,
        difference=difference,
        undecided=undecided,
        decision=decision,
    )
    asked(current, claims, "ask.pay", proof=hidden(proof))
    paid = claim_payment.pay(current.database(), current.act(), claims, payment)
    show(current, recorded(paid, proof, date))


def approve(ctx: typer.Context, claim: ClaimArgument, reason: OptionalReason = None) -> None:
    """Approve a verified claim: the head's word on a large sum."""
    from jamsostek_cli.operations.claim import verification

    current = session(ctx)
    act = current.act()
    asked(current, [claim], "ask.approve")
    approved = verification.approve(current.database(), act, claim, reason=reason or "")
    facts = {"claim": approved.claim.number, "actor": act.actor}
    amount = figures.rupiah(approved.claim.amount or 0)
    screen.changed(current, approved, [text("say.claim_approved", **facts, amount=amount)])


def close(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Close a claim that is paid in part, because nothing more will come."""
    from jamsostek_cli.operations.claim import ending

    current = session(ctx)
    asked(current, [claim], "ask.close")
    closed = ending.close(current.database(), current.act(), claim, reason=reason)
    said = text("say.claim_closed", claim=closed.number, amount=figures.rupiah(closed.amount))
    show(current, Answer(data={"number": closed.number, "amount": closed.amount}, lines=[said]))


def void(
    ctx: typer.Context,
    claim: ClaimArgument,
    *,
    reason: ReasonOption,
    proof: Annotated[str | None, words_option("--proof", "opt.claim_void_proof", "NO")] = None,
) -> None:
    """Take recorded payments back by reversing entries."""
    from jamsostek_cli.operations.claim import ending

    current = session(ctx)
    asked(current, [claim], "ask.void")
    taken = ending.void(current.database(), current.act(), claim, reason=reason, proof=proof)
    facts = {
        "claim": taken.number,
        "payments": figures.count(taken.payments),
        "amount": figures.rupiah(taken.amount),
    }
    lines = [
        text("say.claim_voided", **facts),
        text("say.claim_owed", claim=taken.number, owed=figures.rupiah(taken.owed)),
    ]
    data = {
        "number": taken.number,
        "amount": taken.amount,
        "payments": taken.payments,
        "owed": taken.owed,
    }
    show(current, Answer(data=data, lines=lines))

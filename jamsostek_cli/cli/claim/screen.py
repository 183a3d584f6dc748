"""How one claim looks: its worth in words, its JSON, its tables."""

from typing import TYPE_CHECKING

from jamsostek_cli.cli.claim import clocks, looks, papers, told
from jamsostek_cli.cli.frame.looking import looked
from jamsostek_cli.cli.frame.refusal import hint, sentence
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.claim import OPEN_STATES, ClaimState, Component, benefactor_of
from jamsostek_cli.domain.family import masked_account
from jamsostek_cli.domain.nik import hidden, masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Table, Value
from jamsostek_cli.tables.wording import done

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.detail import ClaimDetail
    from jamsostek_cli.rules.claim.assessment import Confirmation
    from jamsostek_cli.rules.claim.grounds import Ground

_NESTED = frozenset({"circumstances", "decides", "documents", "question", "refusal", "needs_confirmation"})
_KINDS = dict.fromkeys(
    ("amount", "paid", "owed", "difference", "repriced", "penalty"), Kind.RUPIAH
) | dict.fromkeys(
    ("event_date", "reported_on", "verified_on", "paid_on", "decided_on", "approved_on", *clocks.DATES),
    Kind.DATE,
)


def _worth(detail: "ClaimDetail") -> list[str]:
    """Say what the claim is worth, or why that is not certain."""
    if detail.lines:
        worth = text("say.claim_worth", amount=figures.rupiah(sum(line.amount for line in detail.lines)))
        if detail.claim.difference:
            return [worth, _difference(detail.claim.paid, detail.claim.difference)]
        if not (detail.claim.paid and detail.claim.owed):
            return [worth]
        owed = figures.rupiah(detail.claim.owed)
        return [worth, text("say.claim_owed", claim=detail.claim.number, owed=owed)]
    if detail.refusal is not None:
        return [text("say.claim_refused", reason=sentence(detail.refusal))]
    question = None if detail.assessment is None else detail.assessment.confirmation
    return [] if question is None else _question(question)


def _difference(paid: int, difference: int) -> str:
    """Say by how much what was paid is more than the benefit, or less."""
    key = "say.claim_beyond" if difference > 0 else "say.claim_short"
    return text(key, paid=figures.rupiah(paid), difference=figures.rupiah(abs(difference)))


def _question(question: "Confirmation") -> list[str]:
    reduced, full = map(figures.rupiah, question.outcomes)
    return [text(f"question.{question.question}"), text("say.claim_outcomes", full=full, reduced=reduced)]


def record(detail: "ClaimDetail") -> dict[str, object]:
    """Return the facts of a claim for JSON, the NIK masked."""
    claim, question = detail.claim, None
    if detail.assessment is not None and detail.assessment.confirmation is not None:
        confirmation = detail.assessment.confirmation
        reduced, full = confirmation.outcomes
        question = {"code": confirmation.question, "full": full, "reduced": reduced}
    return {
        "number": claim.number,
        "worker": number_of(claim.worker_id),
        "name": claim.name,
        "nik": masked(claim.nik),
        "kind": claim.kind,
        "cause": claim.cause,
        "event_date": claim.event_date,
        "reported_on": claim.reported_on,
        "state": claim.state,
        "amount": claim.amount,
        "paid": claim.paid,
        "owed": claim.owed,
        "difference": claim.difference,
        "needs_confirmation": claim.needs_confirmation,
        "question": question,
        "refusal": None if detail.refusal is None else detail.refusal.code,
        "created_by": claim.created_by,
        "verified_by": claim.verified_by,
        "verified_on": claim.verified_on,
        "paid_by": claim.paid_by,
        "paid_on": claim.paid_on,
        "decided_on": claim.decided_on,
        "approved_by": claim.approved_by,
        "approved_on": claim.approved_on,
        "reopens": claim.reopens,
        "circumstances": told.record(detail.circumstances),
        "decides": [_ground(ground) for ground in detail.decides],
        "decision": None if detail.decision is None else hidden(detail.decision),
        "repriced": detail.repriced,
        "documents": papers.facts(detail),
    }


def _ground(ground: "Ground") -> dict[str, object]:
    return {
        "ground": ground.ground,
        "first": None if ground.span is None else str(ground.span.first),
        "last": None if ground.span is None else str(ground.span.last),
        "payer": ground.payer,
        "source": ground.source,
        "reason": ground.reason,
        "other": None if ground.other is None else number_of(ground.other),
        "rival": ground.rival,
        "paid_on": ground.paid_on,
        "recorded_on": ground.recorded_on,
        "now": ground.now,
        "then": ground.then,
        "without": ground.without,
        "needs_decision": ground.needs_decision,
    }


def decides(detail: "ClaimDetail") -> list[str]:
    """Say what decides a claim, one sentence for each ground, and that it has another worth by now."""
    from jamsostek_cli.operations.claim.worth import decisive

    lines = [text("say.decides", what=decisive.said(ground, detail.claim)) for ground in detail.decides]
    lines += told.remarks(detail)
    if detail.repriced is not None:
        worth = figures.rupiah(detail.repriced)
        lines.append(text("say.claim_repriced", claim=detail.claim.number, worth=worth))
    return lines


def _lines(detail: "ClaimDetail") -> Table:
    columns = (
        Column("component", of=lambda line: Component(line.component)),
        Column("citation"),
        Column("amount", Kind.RUPIAH),
    )
    return Table.of("claim_lines", detail.lines, columns, summed=("amount",))


def verified(detail: "ClaimDetail") -> list[str]:
    """Say that a claim is verified, and what it hangs on all the same."""
    said = text(
        "say.claim_verified",
        claim=detail.claim.number,
        amount=figures.rupiah(detail.claim.amount or 0),
        actor=detail.claim.verified_by,
    )
    return [said, *decides(detail)]


def _payments(detail: "ClaimDetail") -> Table:
    return Table.of(
        "claim_payments",
        detail.payments,
        (
            Column("line", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
            Column("paid_on", Kind.DATE),
            Column("payee", of=lambda payment: payment.payee and hidden(payment.payee)),
            Column("capacity"),
            Column("account", of=lambda payment: masked_account(payment.account)),
            Column("payer", of=lambda payment: benefactor_of(payment.payer)),
            Column("proof", of=lambda payment: hidden(payment.proof)),
            Column("voided", of=lambda payment: bool(payment.voided)),
        ),
    )


def _history(detail: "ClaimDetail") -> Table:
    return Table.of(
        "claim_history",
        detail.history,
        (
            Column("seq", Kind.COUNT),
            Column("at", Kind.MOMENT),
            Column("actor"),
            Column("action", of=lambda entry: done(entry.action)),
            Column("reason", of=lambda entry: hidden(entry.reason)),
        ),
    )


def changed(current: Session, detail: "ClaimDetail", lines: list[str], **more: object) -> None:
    """Show a claim after it was changed: what happened, its clocks, its worth, what is missing, what is next.

    `more` are facts of what happened, for JSON.
    """
    hints = []
    if detail.claim.state in OPEN_STATES:
        lines = [*lines, *clocks.said(detail, current.today)]
    if detail.claim.state in OPEN_STATES - {ClaimState.VERIFIED}:
        lines = [*lines, *_worth(detail), *decides(detail)]
        if detail.missing:
            lines.append(text("say.claim_missing", missing=papers.missing_words(detail)))
        hints = [text("next.label", step=step) for step in _steps(detail)]
    data = {
        **record(detail),
        **clocks.facts(detail, current.today),
        "lines": _lines(detail).records(),
        **more,
    }
    show(current, Answer(data=data, lines=lines, hints=hints))


def _steps(detail: "ClaimDetail") -> list[str]:
    """Return how a claim that is not verified goes on: first what keeps it from being priced."""
    number, refusal = detail.claim.number, detail.refusal
    steps = []
    if refusal is not None and refusal.code == "E426":
        steps.append(text(f"next.told_{detail.claim.kind}", claim=number))
    elif refusal is not None:
        steps.append(hint(refusal))
    if detail.missing:
        return [*steps, text("next.document", claim=number, name=detail.missing[0])]
    hangs = any(ground.needs_decision for ground in detail.decides)
    return steps or [text(f"next.verify_{'decided' if hangs else 'claim'}", claim=number)]


def whole(current: Session, detail: "ClaimDetail") -> None:
    """Show all that is known of a claim: facts, lines, documents, payments, history."""
    data = {**record(detail), **clocks.facts(detail, current.today)}
    lines, payments, history = _lines(detail), _payments(detail), _history(detail)
    seen = looks.of_claim(detail.looks)
    rests = (told.table(detail.circumstances), told.children(detail.circumstances))
    tables = (*rests, lines, *papers.tables(detail), payments, seen, history)
    facts = [
        Figure(key, _plain(value), _KINDS.get(key, Kind.TEXT), "col")
        for key, value in data.items()
        if key not in _NESTED
    ]
    show(
        current,
        Answer(
            data={
                **data,
                "lines": lines.records(),
                "payments": payments.records(),
                "second_looks": seen.records(),
                "history": history.records(),
            },
            lines=[*_worth(detail), *decides(detail), *clocks.said(detail, current.today)],
            figures=facts,
            tables=[table for table in tables if table.rows],
            hints=looked(current, detail.claim.number),
        ),
    )


def _plain(value: object) -> Value:
    return value if value is None or isinstance(value, int | str) else str(value)

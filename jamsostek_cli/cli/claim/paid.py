"""How payments of claims look: what was paid to whom, what is left, and who else has that account."""

import datetime
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.domain.family import SharedFact
    from jamsostek_cli.operations.claim.payment import ClaimPaid
    from jamsostek_cli.store.claim.claim_family import SharedWith


def shared_with(shared: "Sequence[SharedWith]") -> list[str]:
    """Point out that other families have the same account or phone."""
    by_fact: dict[SharedFact, list[str]] = {}
    for one in shared:
        by_fact.setdefault(one.fact, []).append(one.number)
    return [
        text("say.shared_with", fact=word(fact), claims=", ".join(numbers))
        for fact, numbers in by_fact.items()
    ]


def recorded(entries: "Sequence[ClaimPaid]", proof: str, day: datetime.date) -> Answer:
    """Return what was recorded as paid, what is owed after that, and how to go on with it."""
    lines, hints = [], []
    proof = hidden(proof)
    for entry in entries:
        facts = {"claim": entry.number, "amount": figures.rupiah(entry.amount)}
        lines.append(text("say.claim_paid", **facts, day=figures.day(day.isoformat()), proof=proof))
        payee = entry.payee
        if payee is not None and payee.name is not None:
            lines.append(text("say.paid_to", name=hidden(payee.name), capacity=word(payee.capacity)))
        hints += shared_with(entry.shared)
        if entry.difference > 0:
            sums = {"difference": figures.rupiah(entry.difference), "due": figures.rupiah(entry.due or 0)}
            lines.append(text("say.paid_beyond", claim=entry.number, **sums))
        if entry.owed:
            lines.append(text("say.claim_owed", claim=entry.number, owed=figures.rupiah(entry.owed)))
            steps = ("next.pay_claim", "next.close_claim")
            hints += [text("next.label", step=text(step, claim=entry.number)) for step in steps]
    data = [
        {
            "number": entry.number,
            "amount": entry.amount,
            "proof": proof,
            "paid_on": day,
            "owed": entry.owed,
            "difference": entry.difference,
            "payee": None if entry.payee is None or entry.payee.name is None else hidden(entry.payee.name),
            "capacity": None if entry.payee is None else entry.payee.capacity,
            "shared": [one._asdict() for one in entry.shared],
        }
        for entry in entries
    ]
    return Answer(data=data, lines=lines, hints=hints)

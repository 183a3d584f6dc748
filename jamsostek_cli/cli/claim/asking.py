"""Whose claims they are, and what they are worth, asked before anything is done to them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.cli.frame.person import named_person
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked
from jamsostek_cli.domain.claim import ClaimOutcome
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.detail import ClaimDetail

_NAMED: Final = 10
"""So many claims are named one by one; of more, how many there are."""


def asked(
    current: Session,
    claims: Sequence[str],
    question: str,
    confirm: ClaimOutcome | None = None,
    **facts: object,
) -> None:
    """Ask before claims are settled, each with its person and its rupiah; `question` has their sum.

    `confirm` is the answer given to what the law leaves open; without it such a claim, and the sum, is not
    certain. Nothing is asked where nobody sits at the keyboard. Raises E402, and E001 for a "no".
    """
    if not is_asked(current):
        return
    from jamsostek_cli.operations.claim import detail as claim_detail

    details = [claim_detail.show(current.database(), number) for number in dict.fromkeys(claims)]
    worth = [_worth(detail, confirm) for detail in details]
    named = list(zip(details, worth, strict=True))[:_NAMED]
    lines = [_said(detail, amount) for detail, amount in named]
    if len(details) > _NAMED:
        lines.append(text("say.claims_more", count=figures.count(len(details) - _NAMED)))
    known = [amount for amount in worth if amount is not None]
    total = _rupiah(sum(known) if len(known) == len(worth) else None)
    asking = text(question, claims=figures.count(len(details)), amount=total, **facts)
    confirmed(current, "\n".join([*lines, asking]))


def _said(detail: "ClaimDetail", amount: int | None) -> str:
    return text(
        "say.claim_of",
        claim=detail.claim.number,
        person=named_person(detail.worker),
        kind=word(detail.claim.kind),
        amount=_rupiah(amount),
    )


def _rupiah(amount: int | None) -> str:
    return text("say.not_certain") if amount is None else figures.rupiah(amount)


def _worth(detail: "ClaimDetail", confirm: ClaimOutcome | None) -> int | None:
    """Return what is still owed of a claim, or what it is worth before it is verified; None: not certain."""
    if detail.assessment is None:
        return detail.claim.owed or detail.claim.amount
    question = detail.assessment.confirmation
    if question is None:
        return detail.assessment.total
    reduced, full = question.outcomes
    return None if confirm is None else full if confirm is ClaimOutcome.FULL else reduced

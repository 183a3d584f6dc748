"""Whose claims they are, and what they are worth, asked before anything is done to them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.cli.frame.person import named_person
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.detail import ClaimDetail

_NAMED: Final = 10
"""So many claims are named one by one; of more, how many there are."""


def asked(current: Session, claims: Sequence[str], question: str, **facts: object) -> None:
    """Ask before claims are settled, each with its person and its rupiah; `question` has their sum.

    Nothing is asked where nobody sits at the keyboard. Raises E402, and E001 for a "no".
    """
    if not is_asked(current):
        return
    from jamsostek_cli.operations.claim import detail as claim_detail

    details = [claim_detail.show(current.database(), number) for number in dict.fromkeys(claims)]
    lines = [_said(detail) for detail in details[:_NAMED]]
    if len(details) > _NAMED:
        lines.append(text("say.claims_more", count=figures.count(len(details) - _NAMED)))
    total = figures.rupiah(sum(_worth(detail) or 0 for detail in details))
    asking = text(question, claims=figures.count(len(details)), amount=total, **facts)
    confirmed(current, "\n".join([*lines, asking]))


def _said(detail: "ClaimDetail") -> str:
    worth = _worth(detail)
    return text(
        "say.claim_of",
        claim=detail.claim.number,
        person=named_person(detail.worker),
        kind=word(detail.claim.kind),
        amount=text("say.not_certain") if worth is None else figures.rupiah(worth),
    )


def _worth(detail: "ClaimDetail") -> int | None:
    """Return what is still owed of a claim, or what it is worth before it is verified; None: not certain."""
    if detail.assessment is not None and detail.assessment.confirmation is None:
        return detail.assessment.total
    return detail.claim.owed or detail.claim.amount

"""The family of a claim: with whom the office speaks, who is to be paid, and each visit."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import OPEN_STATES, ClaimMove
from jamsostek_cli.domain.family import masked_account
from jamsostek_cli.domain.worker import concealed
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.family import payees
from jamsostek_cli.operations.claim.family import sheet as family_sheet
from jamsostek_cli.operations.claim.family.sheet import FamilySheet
from jamsostek_cli.store.claim import claim_family, claims
from jamsostek_cli.store.claim.claim_family import Visit
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act


def contact(db: Database, act: Act, number: str, name: str, *, phone: str | None = None) -> FamilySheet:
    """Record with whom the office speaks about a claim; the same contact without a phone keeps it. E402."""
    with db.writing() as connection:
        claim = claims.find(connection, number)
        before = claim_family.of_claim(connection, claim.id)
        if phone is None and before.contact == name:
            phone = before.contact_phone
        claim_family.record(connection, claim.id, contact=name, contact_phone=phone)
        audit.record(
            connection,
            act,
            action="claim.contact",
            subject=claim.number,
            before={"contact": before.contact, "phone": concealed("phone", before.contact_phone)},
            after={"contact": name, "phone": concealed("phone", phone)},
        )
        return family_sheet.of(connection, claim.number, act.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeChoice:
    """Whom an officer wants to be paid: an heir by name or number, or another by name.

    `attorney` is a power of attorney, `reason` why somebody is paid whom the law does not name.
    """

    who: str
    attorney: str | None = None
    reason: str | None = None
    bank: str | None = None
    account: str | None = None


def payee(db: Database, act: Act, number: str, choice: PayeeChoice) -> FamilySheet:
    """Record who is to be paid for a claim, and on which account; the one before is replaced whole.

    Raises E402, E409 and E411 (the claim is decided), and as `payees.named`.
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        if claim.state not in OPEN_STATES:
            domain.after(claim.number, claim.state, ClaimMove.PAY)
        before = claim_family.of_claim(connection, claim.id)
        meant = payees.named(
            connection, claim, choice.who, act.today, attorney=choice.attorney, reason=choice.reason
        )
        claim_family.record(
            connection,
            claim.id,
            payee=meant.name,
            payee_capacity=meant.capacity.value,
            payee_heir=None if meant.heir is None else meant.heir.id,
            payee_reason=meant.reason,
            bank=choice.bank,
            account=choice.account,
        )
        audit.record(
            connection,
            act,
            action="claim.payee",
            subject=claim.number,
            reason=meant.reason or "",
            before={
                "payee": before.payee,
                "capacity": before.payee_capacity,
                "reason": before.payee_reason,
                "bank": before.bank,
                "account": masked_account(before.account),
            },
            after={
                **payees.told(meant),
                "bank": choice.bank,
                "account": masked_account(choice.account),
            },
        )
        return family_sheet.of(connection, claim.number, act.today)


def _refuse_day(
    claim: Claim, day: datetime.date, next_on: datetime.date | None, today: datetime.date
) -> None:
    """Raise E476 for a visit in the future or before the event, or a next day before it."""
    facts = {"claim": claim.number, "today": today}
    if day > today:
        raise JcliError("E476", **facts, date=day, remedy="E476.future")
    if day < claim.event_date:
        raise JcliError("E476", **facts, date=day, event=claim.event_date, remedy="E476.early")
    if next_on is not None and next_on < day:
        raise JcliError("E476", **facts, date=next_on, visited=day, remedy="E476.next")


def visit(
    db: Database,
    act: Act,
    number: str,
    said: str,
    *,
    on: datetime.date | None = None,
    person: str | None = None,
    next_on: datetime.date | None = None,
) -> FamilySheet:
    """Record a visit to the family or a call, today unless told otherwise, and when the office looks again.

    Raises E402, E476 (a visit before the event or in the future, a next day before the visit).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        day = on or act.today
        _refuse_day(claim, day, next_on, act.today)
        made = Visit(day, person, said, next_on, act.actor).masked()
        claim_family.add_visit(connection, claim.id, made, on=act.today)
        audit.record(connection, act, action="claim.visit", subject=claim.number, after=made._asdict())
        return family_sheet.of(connection, claim.number, act.today)

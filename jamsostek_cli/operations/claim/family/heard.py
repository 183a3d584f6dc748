"""Contacts that were written into a list of visits: with whom the office speaks, and the phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.worker import concealed
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.claim import claim_family
from jamsostek_cli.store.claim.claim_family import ClaimFamily
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.register import workers

if TYPE_CHECKING:
    from jamsostek_cli.roster.handed_out.visit_list import VisitLine


_ONE_PHONE: Final = 15
"""So many digits a phone number has at most (E.164); more are two of them."""


class VisitState(StrEnum):
    """What becomes of a row of a list that came back: it is news, or recorded already."""

    NEW = "new"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTaken:
    """A row with another contact or phone than the list went out with."""

    sheet: str
    row: int
    claim: Claim
    contact: str | None
    phone: str | None
    before: ClaimFamily

    @property
    def state(self) -> VisitState:
        """Whether it changes what is on record."""
        same = (self.contact, self.phone) == (self.before.contact, self.before.contact_phone)
        return VisitState.KNOWN if same else VisitState.NEW


def contact_of(connection: Connection, claim: Claim, line: "VisitLine") -> ContactTaken | None:
    """Return the contact that a row tells, None where it tells nothing that the list did not say.

    What was wiped out stays on record. Raises E458 for a phone that is none.
    """
    before = claim_family.of_claim(connection, claim.id)
    sent = line.sent
    if sent is None:
        own = workers.by_id(connection, claim.worker_id).facts.phone
        sent = (before.contact or "", before.contact_phone or own or "")
    contact = hidden(line.contact) if line.contact and line.contact != sent[0] else None
    is_one = line.phone is not None and sum(map(str.isdigit, line.phone_said)) <= _ONE_PHONE
    has_phone = line.phone_said not in {"", sent[1]} and not (is_one and line.phone == sent[1])
    if has_phone and not is_one:
        raise JcliError("E458", claim=claim.number)
    if contact is None and not has_phone:
        return None
    return ContactTaken(
        sheet=line.sheet,
        row=line.row,
        claim=claim,
        contact=contact or before.contact,
        phone=line.phone if has_phone else before.contact_phone,
        before=before,
    )


def keep(connection: Connection, one: ContactTaken) -> None:
    """Record a contact in place of the one before."""
    claim_family.record(connection, one.claim.id, contact=one.contact, contact_phone=one.phone)


def told(one: ContactTaken) -> Mapping[str, object]:
    """Return a contact as the audit trail keeps it, with the one that it replaces."""
    return {
        "claim": one.claim.number,
        "before": {
            "contact": one.before.contact,
            "phone": concealed("phone", one.before.contact_phone),
        },
        "after": {"contact": one.contact, "phone": concealed("phone", one.phone)},
    }

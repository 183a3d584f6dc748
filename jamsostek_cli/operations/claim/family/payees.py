"""Who is paid for a claim: heir, guardian, attorney, who arranged the burial, or somebody with a reason."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, Component
from jamsostek_cli.domain.family import FUND, Capacity, Heir, Relation
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.family import heirs as heir_rules
from jamsostek_cli.rules.family.heirs import HeirGroup, HeirStanding, Pupil, RankedHeir, Succession
from jamsostek_cli.store.claim import claim_circumstances, claim_family, heirs
from jamsostek_cli.store.claim.claims import Claim, ClaimLine
from jamsostek_cli.store.register import workers
from jamsostek_cli.tables.typed import plain


@dataclass(frozen=True, slots=True)
class Payee:
    """Somebody who is paid, and as what.

    `heir` is the heir who is paid, or for whom a guardian is. `reason` says why somebody is paid whom the law
    does not name, or by which power of attorney. `name` is None where only a reason is known.
    """

    name: str | None
    capacity: Capacity
    heir: Heir | None = None
    reason: str | None = None
    account: str | None = None

    def pays_for(self, line: ClaimLine) -> bool:
        """Tell whether a line of a benefit may be paid to this one.

        Without heirs who arranged the burial gets the funeral part, the Dana Jaminan Sosial the rest.
        """
        funeral = line.component is Component.FUNERAL
        if self.capacity is Capacity.FUNERAL:
            return funeral
        return not funeral if self.capacity is Capacity.OTHER and _is_fund(self.name) else True


def _is_fund(name: str | None) -> bool:
    return name is not None and plain(name) == plain(FUND)


def succession(connection: Connection, worker: Worker, today: datetime.date) -> Succession:
    """Return the heirs of somebody who has died, in the legal order."""
    assert worker.died_on is not None  # noqa: S101 - the callers have looked
    return heir_rules.succession(
        heirs.of_member(connection, worker.id),
        died_on=worker.died_on,
        today=today,
        regulation=law.in_force(connection),
    )


def named(
    connection: Connection,
    claim: Claim,
    who: str,
    today: datetime.date,
    *,
    attorney: str | None = None,
    reason: str | None = None,
) -> Payee:
    """Return whom a name or the number of an heir means, and as what they are paid.

    `attorney` is a power of attorney, `reason` why somebody is paid whom the law does not name. Raises E471
    (the law does not name them), E472 (dead), E474 (under age, without a guardian of the court), E457 (of a
    scholarship: neither child of age, nor parent, nor guardian).
    """
    worker = workers.by_id(connection, claim.worker_id)
    if claim.kind is ClaimKind.SCHOLARSHIP:
        return _of_school(connection, claim, worker, who, today, attorney=attorney, reason=reason)
    return _of_member(connection, claim, worker, who, today, attorney=attorney, reason=reason)


def _of_member(
    connection: Connection,
    claim: Claim,
    worker: Worker,
    who: str,
    today: datetime.date,
    *,
    attorney: str | None,
    reason: str | None,
) -> Payee:
    """Return whom a name or a number means for a benefit of the member or the heirs."""
    if worker.died_on is None:
        if plain(who) == plain(worker.facts.name):
            return Payee(worker.facts.name, Capacity.MEMBER)
        return _other(claim, who, attorney, reason, (worker.number,))
    found = succession(connection, worker, today)
    for one in found.ranked:
        if who.strip() == str(one.heir.number) or plain(who) == plain(one.heir.name):
            return _heir(claim, one, found, attorney, reason)
    for one in found.paid():
        if one.minor and one.heir.guardian is not None and plain(who) == plain(one.heir.guardian):
            return _heir(claim, one, found, attorney, reason)
    alone = found.group in {None, HeirGroup.BURIAL}
    if _is_fund(who) and alone:
        return Payee(FUND, Capacity.OTHER, reason=reason)
    return _other(claim, who, None if alone else attorney, reason, _numbers(found))


def _of_school(
    connection: Connection,
    claim: Claim,
    worker: Worker,
    who: str,
    today: datetime.date,
    *,
    attorney: str | None,
    reason: str | None,
) -> Payee:
    """Return whom a name or a number means for a scholarship: of a member who lives, the member too."""
    if worker.died_on is None and plain(who) == plain(worker.facts.name):
        return Payee(worker.facts.name, Capacity.MEMBER)
    family = heirs.of_member(connection, worker.id)
    named_so = {plain(one.name): one for one in family if one.relation is Relation.CHILD}
    pupils = claim_circumstances.of_claim(connection, claim.id).children
    allowed = heir_rules.school_payees(
        [Pupil(one.name, one.born, named_so.get(plain(one.name))) for one in pupils],
        family,
        event_date=claim.event_date,
        today=today,
        regulation=law.in_force(connection),
    )
    for one in allowed:
        number = None if one.heir is None else str(one.heir.number)
        if who.strip() == number or plain(who) == plain(one.name):
            return Payee(one.name, one.capacity, one.heir, reason)
    for heir in family:
        if heir.died_on is not None and (who.strip() == str(heir.number) or plain(who) == plain(heir.name)):
            raise JcliError("E472", claim=claim.number, heir=heir.number, date=heir.died_on)
    if attorney is None and reason is None:
        known = tuple(dict.fromkeys(str(one.heir.number) for one in allowed if one.heir is not None))
        raise JcliError("E457", claim=claim.number, known=_in_words(known))
    return _other(claim, who, attorney, reason, ())


def _numbers(found: Succession) -> tuple[str, ...]:
    return tuple(str(one.heir.number) for one in found.paid())


def _in_words(numbers: Sequence[str]) -> str:
    """Return the entitled by their numbers, as a refusal names them."""
    return text("heir_numbers", numbers=", ".join(numbers)) if numbers else text("heir_nobody")


def _heir(
    claim: Claim, ranked: RankedHeir, found: Succession, attorney: str | None, reason: str | None
) -> Payee:
    heir = ranked.heir
    if ranked.standing is HeirStanding.DEAD:
        raise JcliError("E472", claim=claim.number, heir=heir.number, date=heir.died_on)
    if ranked.standing is not HeirStanding.ENTITLED:
        if reason is not None:
            return Payee(heir.name, Capacity.OTHER, heir, reason)
        if ranked.standing is HeirStanding.NEEDS_GUARDIAN:
            raise JcliError("E474", claim=claim.number, heir=heir.number)
        raise JcliError("E471", claim=claim.number, known=_in_words(_numbers(found)))
    if ranked.group is HeirGroup.BURIAL:
        return Payee(heir.name, Capacity.FUNERAL, heir, reason)
    if ranked.minor:
        return Payee(heir.guardian, Capacity.GUARDIAN, heir, reason)
    return Payee(heir.name, Capacity.HEIR, heir, attorney or reason)


def _other(claim: Claim, who: str, attorney: str | None, reason: str | None, known: tuple[str, ...]) -> Payee:
    if attorney is not None:
        return Payee(who, Capacity.ATTORNEY, reason=attorney)
    if reason is None:
        raise JcliError("E471", claim=claim.number, known=_in_words(known))
    return Payee(who, Capacity.OTHER, reason=reason)


def of_payment(
    connection: Connection, claim: Claim, who: str | None, reason: str | None, today: datetime.date
) -> Payee:
    """Return who is paid: whom the officer names, else whom the claim has on record, else the living member.

    Whom the claim has on record has to be entitled still. A reason is enough where nobody is named, because
    BPJS pays many a family itself and does not say whom. Raises as `named`, and E473 where nobody is known.
    """
    known = claim_family.of_claim(connection, claim.id)
    if who is None and known.payee is None:
        worker = workers.by_id(connection, claim.worker_id)
        if reason is None and worker.died_on is not None:
            raise JcliError("E473", claim=claim.number)
        if reason is None:
            return Payee(worker.facts.name, Capacity.MEMBER)
        return Payee(None, Capacity.OTHER, reason=reason)
    said = _recorded(connection, claim, known) if who is None else who
    same = known.payee is not None and said in {known.payee, _recorded(connection, claim, known)}
    attorney = known.payee_reason if same and known.payee_capacity is Capacity.ATTORNEY else None
    payee = named(
        connection,
        claim,
        said,
        today,
        attorney=attorney,
        reason=reason or (known.payee_reason if same else None),
    )
    account = known.account if known.payee is not None and payee.name == known.payee else None
    return Payee(payee.name, payee.capacity, payee.heir, payee.reason, account)


def _recorded(connection: Connection, claim: Claim, known: claim_family.ClaimFamily) -> str:
    """Return how `named` finds whom the claim has on record again: by the heir's number, else by name."""
    numbers = {one.id: one.number for one in heirs.of_member(connection, claim.worker_id)}
    return str(numbers.get(known.payee_heir or 0, known.payee))


def told(payee: Payee) -> Mapping[str, object]:
    """Return a payee as the audit trail keeps it."""
    return {
        "payee": payee.name,
        "capacity": payee.capacity,
        "heir": None if payee.heir is None else payee.heir.number,
        "reason": payee.reason,
    }

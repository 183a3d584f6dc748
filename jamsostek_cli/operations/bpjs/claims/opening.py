"""Claims that families filed themselves, opened because BPJS's list has them."""

import datetime
from collections.abc import Collection

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import DEATH_KINDS, WORK_CAUSES, Cause, ClaimKind, ClaimState
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import worker as worker_operations
from jamsostek_cli.operations.claim import reporting
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.roster.lists.claims import ListedClaim
from jamsostek_cli.store.claim import claim_circumstances, claim_filing, claims
from jamsostek_cli.store.claim.claim_filing import FAMILY, Filing
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import workers


def open_filed(
    connection: Connection,
    act: Act,
    worker: Worker,
    row: ListedClaim,
    *,
    kinds: Collection[ClaimKind],
    reopens: Claim | None,
    covered: bool,
) -> Claim:
    """Open a claim that a family filed with BPJS: `submitted`, with the death recorded where it is new.

    `covered` demands that the rules know a benefit for the day: of what BPJS refused they need not.
    Raises E369 (which benefit?), E370 (one that a list cannot open), E371 (no day), E403, E405, E406, E416,
    E420, E421.
    """
    kind = reopens.kind if reopens is not None else _kind(connection, act, worker, row, kinds)
    if kind not in DEATH_KINDS:
        raise JcliError("E370", worker=worker.number, kind=kind)
    event = row.event or (reopens.event_date if reopens is not None else None) or worker.died_on
    if event is None:
        raise JcliError("E371", worker=worker.number)
    reported = min(filter(None, (row.filed, row.paid)), default=act.today)
    worker_operations.refuse_disorder(
        born=worker.facts.birth_date, event=event, reported=reported, today=act.today
    )
    reporting.refuse_second(connection, worker, kind, event, None)
    happened = reporting.event(connection, worker, kind, event, _cause(worker, kind), None)
    worker = reporting.settle_death(connection, worker, kind, happened, None, reported)
    claim = _added(connection, act, worker, kind, happened.cause, event, reported, reopens)
    claim_circumstances.save(connection, claim.id, reporting.begun(claim, worker, None))
    if covered:
        pricing.assess(connection, claim, workers.by_id(connection, worker.id))
    pricing.price(connection, claim, worker)
    claim_filing.keep(connection, claim, Filing(row.filed, row.receipt, FAMILY))
    claims.move(connection, claim, ClaimState.SUBMITTED, on=act.today)
    return claims.find(connection, claim.number)


def _added(
    connection: Connection,
    act: Act,
    worker: Worker,
    kind: ClaimKind,
    cause: Cause,
    event: datetime.date,
    reported: datetime.date,
    reopens: Claim | None,
) -> Claim:
    number = claims.add(
        connection,
        year=reported.year,
        worker_id=worker.id,
        kind=kind,
        cause=cause,
        event_date=event,
        reported_on=reported,
        created_by=act.actor,
        reopens=None if reopens is None else reopens.id,
    )
    return claims.find(connection, number)


def _kind(
    connection: Connection, act: Act, worker: Worker, row: ListedClaim, kinds: Collection[ClaimKind]
) -> ClaimKind:
    """Return the benefit that a row means: the only one it may, else what death or rupiah say."""
    if len(kinds) == 1:
        return next(iter(kinds))
    fitting = [kind for kind in ClaimKind if kind in DEATH_KINDS and kind in (kinds or DEATH_KINDS)]
    if worker.died_on is not None:
        meant = [ClaimKind.JKK_DEATH if worker.death_cause in WORK_CAUSES else ClaimKind.JKM]
    else:
        meant = [kind for kind in fitting if _is_worth(connection, act, worker, row, kind)]
    if len(meant) != 1 or meant[0] not in fitting:
        raise JcliError("E369", worker=worker.number)
    return meant[0]


def _is_worth(connection: Connection, act: Act, worker: Worker, row: ListedClaim, kind: ClaimKind) -> bool:
    """Tell whether what was paid is just what the rules give for a kind of benefit; nothing is kept."""
    if row.amount is None:
        return False
    connection.execute("SAVEPOINT claim_kind")
    try:
        claim = open_filed(connection, act, worker, row, kinds={kind}, reopens=None, covered=True)
    except JcliError:
        return False
    else:
        return claim.amount == row.amount
    finally:
        connection.release("claim_kind", back=True)


def _cause(worker: Worker, kind: ClaimKind) -> Cause | None:
    """Return what brought a death about by what is recorded, None where that is another kind of death."""
    known = None if worker.death_cause is None else Cause(worker.death_cause)
    fits = known is not None and (known in WORK_CAUSES) == (kind is ClaimKind.JKK_DEATH)
    return known if fits else None

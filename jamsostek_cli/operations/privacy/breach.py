"""Who was in the file on a day: for the notice to the people and the authority within 3 × 24 hours."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.domain.privacy import DataKind, PersonRole
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.privacy import retention
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import past
from jamsostek_cli.store.privacy.pseudonyms import is_pseudonym, is_taken_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Somebody who was in the file: `worker` is the number of the worker whose file it is, None for none."""

    role: PersonRole
    worker: str | None
    name: str | None
    phone: str | None
    address: str | None
    kinds: tuple[DataKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Who was in the file at the end of a day; `gone` were since then taken out by a purge."""

    on: datetime.date
    people: Sequence[Affected]
    gone: int

    def by_role(self) -> Counter[PersonRole]:
        """Return how many stood in the file as what."""
        return Counter(one.role for one in self.people)

    def by_kind(self) -> Counter[DataKind]:
        """Return of how many people which kind of data stood in the file."""
        return Counter(kind for one in self.people for kind in one.kinds)


_TABLES: Final = frozenset(
    {"worker", "enrolment", "claim", "claim_family", "heir", "child", "elsewhere", "roster_row"}
)
_KIND_OF: Final[Mapping[str, DataKind]] = MappingProxyType(
    {
        **dict.fromkeys(("phone", "address"), DataKind.CONTACT),
        **dict.fromkeys(("mother_name", "family_card"), DataKind.FAMILY),
        "death_cause": DataKind.HEALTH,
    }
)
Row = Mapping[str, object]


def notice(db: Database, on: datetime.date) -> datetime.timedelta:
    """Return within how long the people and the authority have to be told of what happened on a day."""
    return retention.breach_notice(on, law.of_office(db))


def breach(db: Database, known: KnownOn) -> Breach:
    """Return who was in the file at the end of a day; E584 for a day before the file began."""
    with db.reading() as connection:
        tables = past.rows(connection, past.last_act(connection, known), _TABLES)
    refused = [
        row for row in tables["roster_row"] if row["worker_id"] is None and (row["raw"] or row["facts"])
    ]
    people = [
        *_workers(tables),
        *_relatives(tables),
        *(_affected(PersonRole.ELSEWHERE, row) for row in tables["elsewhere"] if not _is_gone(row)),
        *(_affected(PersonRole.REFUSED, {}) for row in refused if not is_taken_out(row)),
    ]
    gone = sum(map(_is_gone, (*tables["worker"], *tables["elsewhere"]))) + sum(map(is_taken_out, refused))
    return Breach(on=known.day, people=people, gone=gone)


def _is_gone(row: Row) -> bool:
    return is_pseudonym(str(row["nik"]))


def _workers(tables: Mapping[str, Sequence[Row]]) -> Iterable[Affected]:
    cards = {row["worker_id"] for row in tables["enrolment"] if row["kpj"] is not None}
    claims = {row["id"]: row for row in tables["claim"]}
    ill = {row["worker_id"] for row in claims.values()}
    accounts = {claims[row["claim_id"]]["worker_id"] for row in tables["claim_family"] if row["account"]}
    for row in tables["worker"]:
        if not _is_gone(row):
            more = {
                DataKind.CARD: row["id"] in cards,
                DataKind.ACCOUNT: row["id"] in accounts,
                DataKind.HEALTH: row["id"] in ill,
            }
            yield _affected(PersonRole.WORKER, row, worker=row["id"], more=more)


def _relatives(tables: Mapping[str, Sequence[Row]]) -> Iterable[Affected]:
    claims = {row["id"]: row["worker_id"] for row in tables["claim"]}
    gone = {row["id"] for row in tables["worker"] if is_pseudonym(str(row["nik"]))}
    for role, table in ((PersonRole.HEIR, "heir"), (PersonRole.CHILD, "child")):
        for row in tables[table]:
            if row["worker_id"] not in gone:
                more = {DataKind.CHILD: role is PersonRole.CHILD}
                yield _affected(role, row, worker=row["worker_id"], more=more)
    for row in tables["claim_family"]:
        worker = claims[row["claim_id"]]
        if row["contact"] and worker not in gone:
            known = {"name": row["contact"], "phone": row["contact_phone"]}
            yield _affected(PersonRole.CONTACT, known, worker=worker)


def _affected(
    role: PersonRole, row: Row, *, worker: object = None, more: Mapping[DataKind, bool] | None = None
) -> Affected:
    kinds = {kind for column, kind in _KIND_OF.items() if row.get(column) is not None}
    kinds |= {kind for kind, there in (more or {}).items() if there} | {DataKind.IDENTITY}
    said = {name: value for name in ("name", "phone", "address") if isinstance(value := row.get(name), str)}
    return Affected(
        role=role,
        worker=number_of(worker) if isinstance(worker, int) else None,
        name=said.get("name"),
        phone=said.get("phone"),
        address=said.get("address"),
        kinds=tuple(kind for kind in DataKind if kind in kinds),
    )

"""What stays of a row when its person is taken out: what counts for the money and the reports, no more.

Declared once, for the tables as they are and for every older state of a row in the journal. What is blank
stays blank and what is filled stays filled, so that no count of blanks changes; sex, birth date, kelurahan,
occupation and agency stay, because the reports of closed years count by them: this is a pseudonym, and
personal data still, but nobody's name.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from jamsostek_cli.domain.privacy import NAMING
from jamsostek_cli.domain.worker import FIELDS, number_of
from jamsostek_cli.store.file.trail import redaction
from jamsostek_cli.store.privacy.needles import Needles

GONE: Final = "-"
"""What stands where something stood."""

NIK_LENGTH: Final = 16
_OF_A_WORKER: Final = "0000"
_OF_ANOTHER: Final = "0001"
"""With what the NIK of somebody who was taken out begins: no province has these numbers."""

ORIGIN: Final = "jcli:origin"

Row = dict[str, Any]
Treatment = Callable[[Any, Row, int], Any]


def pseudonym(worker: int) -> str:
    """Return what stands for a worker's NIK.

    >>> pseudonym(123)
    '0000000000000123'
    """
    return f"{_OF_A_WORKER}{worker:012d}"


def pseudonym_of_another(number: int) -> str:
    """Return what stands for the NIK of somebody who is no worker of the register, or was once a worker's."""
    return f"{_OF_ANOTHER}{number:012d}"


def is_pseudonym(nik: str) -> bool:
    """Tell whether a NIK stands for somebody who was taken out."""
    return nik.startswith((_OF_A_WORKER, _OF_ANOTHER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Who is taken out: workers with all their records, claims with their workers, rows, other payers' lines.

    `rows` are (batch, sheet, row); `niks` says what stands for each NIK from now on.
    """

    workers: frozenset[int]
    claims: Mapping[int, int]
    rows: frozenset[tuple[int, int, int]]
    elsewhere: frozenset[int]
    niks: Mapping[str, str]
    needles: Needles = field(default_factory=Needles)


def _gone(_: object, __: Row, ___: int) -> str:
    return GONE


def _nothing(_: object, __: Row, ___: int) -> None:
    return None


def _number(_: object, __: Row, worker: int) -> str:
    return number_of(worker)


def _one_of(letter: str) -> Treatment:
    return lambda _, row, __: f"{letter}-{row['id']}"


def _nik(_: object, __: Row, worker: int) -> str:
    return pseudonym(worker)


def _card(_: object, __: Row, worker: int) -> str:
    return f"{worker:011d}"


def _year(date: str, _: Row, __: int) -> str:
    return f"{date[:4]}-01-01"


_FACTS_KEPT: Final = frozenset(
    {"birth_date", "sex", "kelurahan_code", "occupation", "agency", "status", "died_on", "death_cause"}
)


def _old(value: Any, row: Row, worker: int) -> Any:  # noqa: ANN401 - a cell
    """Return a fact as it was before a change: the field says whether it names somebody."""
    of_another_table = row.get("place", "worker") != "worker"
    if row["field"] in _FACTS_KEPT or (of_another_table and row["field"] != "kpj"):
        return value
    return pseudonym(worker) if row["field"] == "nik" else GONE


def _new(value: Any, row: Row, worker: int) -> Any:  # noqa: ANN401 - a cell
    """Return a fact as it became, which is never what it was."""
    known = _old(value, row, worker)
    return known if known == value and value != GONE else f"{known}{GONE}"


@dataclass(frozen=True, slots=True)
class Personal:
    """The facts of a table that name somebody, and the column that says whose row it is."""

    owner: str
    facts: Mapping[str, Treatment]
    of_claim: bool = False


_WORKER: Final = {
    **dict.fromkeys(("mother_name", "phone"), _gone),
    **dict.fromkeys(("birth_place", "family_card", "address", "rt", "rw"), _nothing),
}

CHANGES: Final = frozenset({"worker_change", "change_made", "worker_correction"})
"""Tables that tell of a fact as it was and as it became."""

TABLES: Final[Mapping[str, Personal]] = MappingProxyType(
    {
        "worker": Personal("id", {"nik": _nik, "name": _number, **_WORKER}),
        "enrolment": Personal("worker_id", {"kpj": _card}),
        "worker_change": Personal("worker_id", {"old": _old, "new": _new}),
        "change_made": Personal("worker_id", {"old": _old, "new": _new}),
        "worker_correction": Personal("worker_id", {"old": _old, "new": _new, "reason": _gone}),
        "submission_line": Personal("worker_id", {"reason": _gone}),
        "child": Personal("worker_id", {"name": _one_of("A"), "birth_date": _year}),
        "heir": Personal(
            "worker_id",
            {
                "name": _one_of("W"),
                **dict.fromkeys(("nik", "birth_date", "phone"), _nothing),
                **dict.fromkeys(("basis", "guardian", "guardian_basis"), _gone),
            },
        ),
        "claim_family": Personal(
            "claim_id",
            dict.fromkeys(
                ("contact", "contact_phone", "payee", "payee_reason", "bank", "account"),
                _gone,
            ),
            of_claim=True,
        ),
        "payment": Personal("claim_id", dict.fromkeys(("payee", "account"), _gone), of_claim=True),
        "visit": Personal("claim_id", dict.fromkeys(("person", "said"), _gone), of_claim=True),
        "second_look": Personal("claim_id", {"words": _gone}, of_claim=True),
        "claim_document": Personal("claim_id", {"file": _gone}, of_claim=True),
        "claim_document_past": Personal("claim_id", {"file": _gone, "reason": _gone}, of_claim=True),
    }
)
"""Tables whose rows are somebody's, by worker or by claim."""

FREE_TEXTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "batch": ("file",),
        "enrolment": ("decree",),
        "claim": ("question", "confirmed", "receipt", "rejected_for"),
        "correction_span": ("reason",),
        "bill_payment_void": ("reason",),
        "submission": ("file",),
    }
)
"""Texts about a matter in which somebody may be named."""

BY_NIK: Final = frozenset({"roster_row", "elsewhere", "likeness", "refused_bearer"})
"""Tables that speak of people by NIK, or of people who never got into the register."""

REWRITTEN: Final = redaction.REWRITABLE.keys() & (TABLES.keys() | FREE_TEXTS.keys() | BY_NIK)


def rewritten(chosen: Chosen, table: str, row: Row) -> Row:
    """Return a row as it stays; the same one where it is about nobody who is taken out."""
    if table in BY_NIK:
        return _BY_NIK[table](chosen, row)
    new = dict(row)
    if table in TABLES:
        personal = TABLES[table]
        worker = _worker(chosen, personal, row)
        if worker is not None:
            for column, treatment in personal.facts.items():
                if row.get(column) is not None:
                    new[column] = treatment(row[column], row, worker)
    for column in FREE_TEXTS.get(table, ()):
        if isinstance(row.get(column), str):
            new[column] = chosen.needles.taken_from(row[column])
    return new


def _worker(chosen: Chosen, personal: Personal, row: Row) -> int | None:
    """Return which of the chosen a row is about; None for nobody of them."""
    if personal.of_claim:
        return chosen.claims.get(row[personal.owner])
    return row[personal.owner] if row[personal.owner] in chosen.workers else None


def names_in(table: str, row: Row) -> Iterator[str]:
    """Yield the names and numbers of a row's people, which may stand in words elsewhere, too."""
    facts = row
    if table == "roster_row":
        nik, _, *facts_waiting = json.loads(row["facts"] or "[null, null]")
        waiting = dict(zip(FIELDS, facts_waiting, strict=False)) | {"nik": nik}
        facts = {**waiting, **json.loads(row["raw"] or "{}")}
    elif table in CHANGES:
        facts = {row["field"]: row["old"], f"new {row['field']}": row["new"]}
    yield from (
        value
        for column, value in facts.items()
        if column.removeprefix("new ") in NAMING and isinstance(value, str)
    )


def _roster_row(chosen: Chosen, row: Row) -> Row:
    place = (row["batch_id"], row["sheet"], row["row"])
    if row["worker_id"] not in chosen.workers and place not in chosen.rows:
        return row
    raw = None if row["raw"] is None else {ORIGIN: json.loads(row["raw"]).get(ORIGIN)}
    findings = row["findings"] and [{**one, "hint": ""} for one in json.loads(row["findings"])]
    return {
        **row,
        "raw": raw and json.dumps({name: value for name, value in raw.items() if value is not None}),
        "findings": findings if findings is None else json.dumps(findings),
        "facts": row["facts"] and _facts(chosen, json.loads(row["facts"])),
    }


def is_taken_out(row: Mapping[str, Any]) -> bool:
    """Tell whether a row of a roster names nobody any more, because a purge has taken its person out."""
    raw = json.loads(row["raw"] or "{}")
    return raw.keys() <= {ORIGIN} and (row["facts"] is None or is_pseudonym(json.loads(row["facts"])[0]))


def _facts(chosen: Chosen, stored: list[Any]) -> str:
    """Return the facts of a row that waited for a decision, without whom they name."""
    nik, agency, *facts = stored
    named = dict(zip(FIELDS, facts, strict=True))
    kept = {name: value if name in _FACTS_KEPT else None for name, value in named.items()} | {"name": GONE}
    stands = nik if is_pseudonym(nik) else chosen.niks.get(nik, pseudonym_of_another(0))
    return json.dumps([stands, agency, *kept.values()])


def _elsewhere(chosen: Chosen, row: Row) -> Row:
    if row["id"] not in chosen.elsewhere and row["nik"] not in chosen.niks:
        return row
    return {**row, "nik": chosen.niks.get(row["nik"], row["nik"]), "name": GONE, "birth_date": None}


def _likeness(chosen: Chosen, row: Row) -> Row:
    low, high = sorted(chosen.niks.get(row[side], row[side]) for side in ("low", "high"))
    return {**row, "low": low, "high": high}


def _refused_bearer(chosen: Chosen, row: Row) -> Row:
    nik = chosen.niks.get(row["nik"])
    return row if nik is None else {**row, "nik": nik, "name_key": GONE}


_BY_NIK: Final = {
    "roster_row": _roster_row,
    "elsewhere": _elsewhere,
    "likeness": _likeness,
    "refused_bearer": _refused_bearer,
}

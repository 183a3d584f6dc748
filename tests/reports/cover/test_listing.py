"""The list of a whole register agrees with the rule, person by person, whatever the histories are."""

import datetime
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.operations.cover import ledger as operation
from jamsostek_cli.rules.cover.protection import CoverStatus, cover_on
from jamsostek_cli.rules.law.regulation import packaged
from tests.conftest import Office, person
from tests.support.enrolments import forget

START = Month(2024, 1)
PEOPLE = 6


@pytest.fixture
def register(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([person(n) for n in range(PEOPLE)]))
    return office


# For each worker: who the record was merged into, the status, the day of death, and paid months by payer.
_SPAN = st.tuples(st.integers(0, 20), st.integers(0, 6))
_RECORD = st.tuples(
    st.none() | st.integers(1, PEOPLE),
    st.sampled_from(["active", "active", "active", "moved", "deceased"]),
    st.integers(0, 800),
    st.lists(_SPAN, max_size=3),
    st.sampled_from(["apbd-kota", "csr"]),
)


def _months(span: tuple[int, int]) -> Span:
    return Span(START.plus(span[0]), START.plus(sum(span)))


def _write(path: Path, records: Sequence[Any]) -> dict[int, tuple[str, str | None, list[Span]]]:
    """Put histories into the file; return status, death and paid months of every person by worker id."""
    people: dict[int, tuple[str, str | None, list[Span]]] = {}
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    forget(connection)
    connection.execute("UPDATE worker SET status = 'active', died_on = NULL, merged_into = NULL")
    merged: list[tuple[int, int, list[Span]]] = []
    for worker, (into, status, days, raw, payer) in enumerate(records, 1):
        spans = [_months(one) for one in raw]
        for at, span in enumerate(spans):
            connection.execute(
                """
                INSERT INTO enrolment (id, worker_id, segment, programmes, payer, basis, start_month,
                  end_month, planned_end_month, status)
                VALUES (?, ?, 'bpu', 'jkk,jkm', ?, 1000000, ?, ?, ?, 'active')
                """,
                (worker * 10 + at, worker, payer, *(f"19{90 + at}-01",) * 3),
            )
            connection.execute(
                "INSERT INTO paid_span VALUES (?, ?, ?)", (worker * 10 + at, str(span.first), str(span.last))
            )
        if into is not None and into < worker and into in people:
            connection.execute(
                "UPDATE worker SET status = 'merged', merged_into = ? WHERE id = ?", (into, worker)
            )
            merged.append((into, worker, spans))
            continue
        died = (START.first_day + datetime.timedelta(days)).isoformat() if status == "deceased" else None
        connection.execute("UPDATE worker SET status = ?, died_on = ? WHERE id = ?", (status, died, worker))
        people[worker] = (status, died, spans)
    for into, _, spans in merged:
        people[into][2].extend(spans)
    connection.execute("COMMIT")
    connection.close()
    return people


@given(records=st.lists(_RECORD, min_size=PEOPLE, max_size=PEOPLE), days=st.integers(-60, 1100))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_list_agrees_with_the_rule(register: Office, records: Sequence[Any], days: int) -> None:
    people = _write(register.path, records)
    on = START.first_day + datetime.timedelta(days)
    expected = {}
    for worker, (status, died, spans) in people.items():
        death = None if died is None else datetime.date.fromisoformat(died)
        answer = cover_on(on, spans, packaged(), died_on=death)
        gone = (death is not None and death < on) or (status == "moved" and answer.status is CoverStatus.NO)
        if not gone:
            expected[worker] = (answer.status.value, answer.reason.value)
    found = operation.listed(register.database, on)
    assert {row.id: (row.status, row.reason) for row in found} == expected
    for status in CoverStatus:
        some = operation.listed(register.database, on, status=status)
        assert [row.id for row in some] == [row.id for row in found if row.status == status]


def test_a_list_is_narrowed_and_comes_in_pages(register: Office, roster: Callable[..., Path]) -> None:
    terms = ("--from", "2025-01", "--months", 12, "--decree", "x", "--registered", "--payer")
    register.ok("enrol", "--worker", "P-000001", "--worker", "P-000002", *terms, "apbd-kota")
    register.ok("enrol", "--worker", "P-000003", *terms, "csr")
    for payer in ("apbd-kota", "csr"):
        register.ok(
            "iuran", "pay", "2025-01..2025-08", "--payer", payer, "--proof", payer, "--date", "2025-01-05"
        )
    path = roster([person(4)[:2]], "p.xlsx", ("NIK", "NAMA"))
    register.ok("import", path, "--as", "covered-elsewhere", "--payer", "pt-badak")
    path = roster([person(4)[:2], person(5)[:2]], "q.xlsx", ("NIK", "NAMA"))
    register.ok("import", path, "--as", "covered-elsewhere", "--payer", "apbd-provinsi")

    def people(*arguments: object) -> list[str]:
        return [row["worker"][-1] for row in register.ok("cover", "list", *arguments)["people"]]

    assert people() == list("123456")
    assert people("--status", "yes") == list("123")
    assert people("--status", "no", "--on", "2025-08-31") == list("456")
    assert people("--status", "uncertain", "--on", "2025-09-01") == list("123")
    assert people("--payer", "csr") == ["3"]
    assert people("--payer", "pt-badak") == ["5"]
    assert people("--payer", "apbd-provinsi") == list("56")
    assert people("--kelurahan", "guntung", "--after", 2, "--limit", 2) == list("34")
    assert people("--kelurahan", "Lok Tuan") == []
    row = register.ok("cover", "list", "--payer", "pt-badak")["people"][0]
    assert row == {
        "worker": "P-000005", "nik": "6474••••••••7004", "name": "IRWAN AAA", "kelurahan": "Guntung",
        "payer": None, "status": "no", "reason": "never-paid", "paid_until": None, "elsewhere": "pt-badak",
    }  # fmt: skip
    assert "--after 2" in register("cover", "list", "--limit", 2).err
    assert "--after" not in register("cover", "list", "--limit", 0).err
    assert register("cover", "list", "--status", "maybe").error == "E002"
    assert register("cover", "list", "--on", "2014-01-01").error == "E601"
    register.ok("worker", "death", "P-000001", "--died", "2025-08-02")
    assert people("--on", "2025-08-02", "--status", "yes") == list("123"), "covered on the last day"
    assert people("--on", "2025-08-03", "--status", "yes") == list("23")
    assert people("--on", "2025-08-03", "--status", "no") == list("456"), "the dead need no cover"

"""Two records of one person: merged with both histories kept, and parted again exactly."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, person

Rosters = Callable[..., Path]
WHY = ("--reason", "one identity card")
TABLES = ("worker", "enrolment", "paid_span", "claim", "claim_line", "likeness")


def dump(office: Office) -> list[list[tuple[object, ...]]]:
    return [office.rows(f"SELECT * FROM {table}") for table in TABLES]


def test_both_histories_are_kept_and_the_other_record_is_named(covered: Office) -> None:
    data = covered.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    assert data == {"keep": "P-000001", "gone": "P-000002", "ended": 1, "undone": False}
    kept, gone = covered.ok("worker", "show", "P-000001"), covered.ok("worker", "show", "P-000002")
    assert (kept["merged_into"], kept["merged_from"]) == (None, "P-000002")
    assert (gone["merged_into"], gone["merged_from"], gone["status"]) == ("P-000001", None, "merged")
    assert gone["enrolments"][0]["paid_months"] == "2023-10..2026-09"
    assert covered.rows(
        "SELECT action, subject, reason FROM v_audit WHERE action <> 'privacy.seen' ORDER BY seq DESC LIMIT 1"
    ) == [("worker.merge", "P-000002 P-000001", "one identity card")]


def test_a_merge_is_undone_exactly(office: Office, roster: Rosters) -> None:
    nik, name, *rest = person(1, name="RUSLI HAKIM")
    office.ok("import", roster([(nik, name, *rest), (f"{str(nik)[:-3]}9{str(nik)[-2:]}", name, *rest)]))
    terms = ("--from", "2025-01", "--months", 12, "--payer", "apbd-kota", "--decree", "SK 1")
    office.ok("enrol", "--batch", "B-2025-001", *terms, "--registered")
    office.ok("iuran", "pay", "2025-01..2025-03", "--proof", "SP2D-1", "--date", "2025-01-10")
    before = dump(office)
    assert office.ok("worker", "merge", "P-000001", "P-000002", *WHY)["ended"] == 1
    assert office.rows("SELECT status, end_month FROM v_enrolment WHERE worker_id = 2") == [
        ("ended", "2025-03")
    ]
    office.ok("iuran", "pay", "2025-04", "--proof", "SP2D-2", "--date", "2025-04-10")
    assert office.one("SELECT heads FROM v_bill WHERE month = '2025-04'") == 1, "nobody is paid for twice"
    assert office.ok("worker", "duplicates") == []
    assert dump(office) != before
    office.ok("worker", "merge", "P-000001", "P-000002", "--undo", *WHY)
    after = dump(office)
    after[2] = before[2]
    assert after == before
    assert len(office.ok("worker", "duplicates")) == 1
    assert office("worker", "merge", "P-000001", "P-000002", "--undo", *WHY).error == "E432"


def test_a_merged_record_cannot_be_enrolled_claimed_for_or_merged_again(
    covered: Office, roster: Rosters
) -> None:
    covered.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    terms = ("--from", "2027-01", "--payer", "csr", "--decree", "x")
    assert covered("enrol", "--worker", "P-000002", *terms).error == "E305"
    assert covered("claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-05-01").error == "E421"
    assert covered("worker", "merge", "P-000003", "P-000002", *WHY).error == "E421"
    assert covered("worker", "merge", "P-000002", "P-000003", *WHY).error == "E421"
    assert covered("worker", "merge", "P-000003", "P-000003", *WHY).error == "E431"
    assert covered("worker", "merge", "P-000003", "P-000001", *WHY).error == "E434"
    data = covered.ok("import", roster([person(1, born="1971-03-02")], "again.xlsx"))
    assert data["outcomes"]["review"] == 1
    assert data["files"][0]["findings"] == {"worker_merged": 1}
    assert covered.one("SELECT worker_id FROM v_roster_row WHERE batch = 'B-2025-001'") == 1


def test_months_paid_under_either_record_cover_the_person(office: Office, roster: Rosters) -> None:
    office.ok("import", roster([person(1), person(2)]), today="2023-10-02")
    terms = ("--from", "2023-10", "--months", 12, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--worker", "P-000002", *terms, today="2023-10-03")
    office.ok("iuran", "pay", "2023-10..2024-09", "--proof", "S", "--date", "2023-10-10", today="2023-10-11")
    office.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2024-03-10")
    assert office.ok("claim", "show", "K-2025-0001")["amount"] is None
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    assert office.one("SELECT amount FROM v_claim") == 42_000_000
    assert office.ok("worker", "show", "P-000001", "--on", "2024-03-10")["cover"] == "yes"
    office.ok("worker", "merge", "P-000001", "P-000002", "--undo", *WHY)
    assert office.one("SELECT amount FROM v_claim") is None


def test_months_that_are_paid_under_the_merged_record_are_not_enrolled_again(
    office: Office, roster: Rosters
) -> None:
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    terms = ("--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    year, on = ("--from", "2025-01", "--months", 12), {"today": "2025-01-11"}
    office.ok("enrol", "--worker", "P-000002", *year, *terms, **on)
    office.ok("iuran", "pay", "2025-01..2025-06", "--proof", "S", "--date", "2025-01-10", **on)
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    again = office("enrol", "--worker", "P-000001", *year, *terms)
    assert (again.error, "Januari–Juni 2025" in again.err) == ("E305", True)
    for payer in ("csr", "apbd-kota"):
        tried = office("enrol", "--worker", "P-000001", "--from", "2025-06", "--payer", payer, *terms[2:])
        assert tried.error == "E305"
    after = ("--from", "2025-07", "--months", 6)
    assert office.ok("enrol", "--worker", "P-000001", *after, *terms)["heads"] == 1


def test_two_claims_of_one_kind_stand_in_the_way(covered: Office) -> None:
    claim = "INSERT INTO claim (number, worker_id, kind, cause, event_date, reported_on, state, created_by)"
    with sqlite3.connect(covered.path) as connection:
        for worker, kind in ((1, "jkk-treatment"), (2, "santunan"), (2, "jkk-treatment")):
            connection.execute(
                f"{claim} VALUES (?, ?, ?, 'work-accident', '2025-01-01', '2025-01-02', 'reported', 'x')",
                (f"K-2025-10{worker}{len(kind)}", worker, kind),
            )
    connection.close()
    ran = covered("worker", "merge", "P-000001", "P-000002", *WHY)
    assert ran.error == "E433"
    assert "K-2025-10213" in ran.err


@pytest.mark.parametrize("batch", ["B-2025-001", "B-2025-002"])
def test_a_batch_with_a_merged_record_stays(office: Office, roster: Rosters, batch: str) -> None:
    office.ok("import", roster([person(1)]))
    office.ok("import", roster([person(2)], "b.xlsx"))
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    assert office("batch", "undo", batch).error == "E212"


def test_a_person_counts_once_in_coverage_whichever_record_was_paid_for(covered: Office) -> None:
    def figures() -> dict[str, int]:
        found: dict[str, int] = covered.ok("report", "coverage", "--year", 2025)["figures"]
        return found

    assert figures()["protected"] == 10
    covered.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    after = figures()
    assert [after[key] for key in ("registered", "enrolled", "protected", "closing")] == [9, 9, 9, 9]
    assert covered.ok("status")["counts"]["protected"] == 9


def test_status_names_the_decisions_that_wait(office: Office, roster: Rosters) -> None:
    nik, name, *rest = person(1, name="RUSLI HAKIM")
    office.ok("import", roster([(nik, name, *rest), (f"{str(nik)[:-3]}9{str(nik)[-2:]}", name, *rest)]))
    terms = ("--from", "2025-08", "--payer", "csr", "--decree", "x", "--registered")
    office.ok("enrol", "--worker", "P-000001", *terms)
    office.ok("iuran", "pay", "2025-08", "--proof", "1", "--date", "2025-08-01")
    assert office.ok("status")["next"] == "jcli review (Keputusan yang menunggu: 1)"


def slip_of(nik: object) -> str:
    """Return a NIK with another digit in its year of birth."""
    digits = str(nik)
    return f"{digits[:11]}{(int(digits[11]) + 1) % 10}{digits[12:]}"


def test_a_slip_of_a_merged_records_nik_is_compared_with_the_person_it_became(
    office: Office, roster: Rosters
) -> None:
    stays = person(5, born="1971-01-09", name="RUSLI HAKIM")
    gone = (*person(1, name="RUSLI HAKIM")[:3], "L", "", "")
    office.ok("import", roster([stays, gone]))
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    late = (slip_of(gone[0]), "RUSLI HAKIM", "", "L", "", "")
    data = office.ok("import", roster([late], "late.xlsx"))
    assert data["files"][0]["findings"] == {"kelurahan_missing": 1, "possible_same_person": 1}
    (pair,) = office.ok("worker", "duplicates")
    assert (pair["worker"], pair["other_worker"]) == ("P-000001", "P-000003")
    assert "nik_slip" in pair["reasons"]
    listed = office.ok("batch", "show", "B-2025-002", "--finding", "possible_same_person")["findings"]
    assert listed[0]["hint"] == "P-000001"
    office.ok("worker", "merge", "P-000001", "P-000003", *WHY)
    assert office.ok("worker", "duplicates") == []


def test_what_was_told_apart_from_the_person_is_not_asked_again_for_a_merged_record(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    gone = person(1, name="RUSLI HAKIM")
    stays = (slip_of(gone[0]), *gone[1:])
    office.ok("import", roster([stays, gone]))
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    third = f"{str(gone[0])[:11]}{(int(str(gone[0])[11]) + 2) % 10}{str(gone[0])[12:]}"
    office.ok("import", roster([(third, *gone[1:])], "late.xlsx"))
    assert len(office.ok("worker", "duplicates")) == 1, "one pair, however many records are alike"
    decided = tmp_path / "putusan.csv"
    decided.write_text("item,decision\nP:P-000001/P-000003,different\n", encoding="utf-8")
    office.ok("review", "--decide", decided)
    office.ok("batch", "undo", "B-2025-002")
    office.ok("import", roster([(third, *gone[1:])], "late.xlsx"))
    assert office.ok("worker", "duplicates") == []


def test_who_was_parted_waits_as_a_pair_and_is_sought_anew(office: Office, roster: Rosters) -> None:
    stays = person(5, born="1971-01-09", name="ZAINAL DWI")
    gone = person(1, name="RUSLI HAKIM")
    office.ok("import", roster([stays, gone]))
    assert office.ok("worker", "duplicates") == []
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    office.ok("import", roster([(slip_of(gone[0]), *gone[1:])], "late.xlsx"))
    office.ok("worker", "merge", "P-000001", "P-000002", "--undo", *WHY)
    pairs = {(one["worker"], one["other_worker"]): one for one in office.ok("worker", "duplicates")}
    assert set(pairs) == {("P-000001", "P-000002"), ("P-000001", "P-000003"), ("P-000002", "P-000003")}
    assert (pairs["P-000001", "P-000002"]["reasons"], pairs["P-000001", "P-000002"]["score"]) == ("parted", 0)
    assert "nik_slip" in pairs["P-000002", "P-000003"]["reasons"]


def dead(office: Office, worker: str, day: str) -> None:
    office.ok("worker", "death", worker, "--died", day, "--reported", "2025-08-01")


@pytest.mark.parametrize("language", ["id", "en"])
def test_two_deaths_say_what_to_do_first(office: Office, roster: Rosters, language: str) -> None:
    nik, name, *rest = person(1, name="RUSLI HAKIM")
    office.ok("import", roster([(nik, name, *rest), (slip_of(nik), name, *rest)]))
    speak = ("--lang", language)
    dead(office, "P-000002", "2025-07-01")
    turned = office(*speak, "worker", "merge", "P-000001", "P-000002", *WHY)
    assert (turned.code, turned.error) == (1, "E437")
    assert "jcli worker merge P-000002 P-000001" in turned.err
    dead(office, "P-000001", "2025-07-02")
    apart = office(*speak, "worker", "merge", "P-000001", "P-000002", *WHY)
    assert (apart.code, apart.error) == (1, "E436")
    assert "jcli worker alive" in apart.err
    office.ok("worker", "alive", "P-000001", "--reason", "salah tanggal")
    dead(office, "P-000001", "2025-07-01")
    once = office(*speak, "worker", "merge", "P-000001", "P-000002", *WHY)
    assert (once.code, once.error) == (1, "E435")
    assert "jcli worker alive P-000002" in once.err
    office.ok("worker", "alive", "P-000002", "--reason", "satu kematian")
    assert office.ok("worker", "merge", "P-000001", "P-000002", *WHY)["gone"] == "P-000002"


def test_of_one_death_under_two_records_that_with_a_claim_stays(covered: Office) -> None:
    for worker in ("P-000001", "P-000002"):
        dead(covered, worker, "2025-07-01")
    covered.ok(
        "claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-07-01", "--reported", "2025-08-01"
    )
    asked = covered("worker", "merge", "P-000001", "P-000002", *WHY)
    assert asked.error == "E435"
    assert "jcli worker alive P-000001" in asked.err
    assert "jcli worker merge P-000002 P-000001" in asked.err


def test_the_open_pairs_of_a_merged_record_wait_for_the_person(office: Office, roster: Rosters) -> None:
    gone = person(1, name="RUSLI HAKIM")
    stays = person(5, born="1971-01-09", name="ZAINAL DWI")
    died = (slip_of(gone[0]), *gone[1:])
    office.ok("import", roster([stays, gone, died]))
    dead(office, "P-000003", "2025-07-01")
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    (pair,) = office.ok("worker", "duplicates")
    assert (pair["worker"], pair["other_worker"]) == ("P-000001", "P-000003")
    terms = ("--from", "2025-08", "--payer", "csr", "--decree", "x")
    refused = office("enrol", "--worker", "P-000001", *terms)
    assert (refused.error, "mungkin orang yang meninggal" in refused.err) == ("E305", True)
    office.ok("worker", "merge", "P-000001", "P-000002", "--undo", *WHY)
    assert len(office.ok("worker", "duplicates")) == 3


def test_what_was_told_apart_stays_so_when_another_record_is_merged(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    one = person(1, name="RUSLI HAKIM")
    other = (slip_of(one[0]), *one[1:])
    third = (slip_of(other[0]), *one[1:])
    office.ok("import", roster([one, other, third]))
    decided = tmp_path / "putusan.csv"
    decided.write_text("item,decision\nP:P-000001/P-000003,different\n", encoding="utf-8")
    office.ok("review", "--decide", decided)
    office.ok("worker", "merge", "P-000001", "P-000002", *WHY)
    assert office.ok("worker", "duplicates") == []

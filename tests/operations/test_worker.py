"""Workers, denominators, provisions, the office itself."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import worker as workers
from tests.conftest import BY_LIST, ROOT, Office, Run, person


def test_a_death_ends_cover_and_future_enrolments(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    terms = ("--payer", "apbd-kota", "--decree", "SK", "--registered")
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", "--months", 12, *terms)
    office.ok("enrol", "--worker", "P-000001", "--from", "2026-01", "--months", 12, *terms)
    said = office("worker", "death", "P-1", "--died", "2025-03-09", "--reported", "2025-03-10")
    assert "2 pendaftaran" in said.out
    assert "jcli claim add P-000001" in said.err
    assert office.rows("SELECT end_month, status FROM v_enrolment ORDER BY id") == [
        ("2025-03", "ended"), ("2026-12", "refused"),
    ]  # fmt: skip
    death = ("worker", "death", "P-000001", "--reported", "2025-03-10", "--died")
    assert office(*death, "2025-03-09").error == "E420"
    assert office(*death, "2025-03-08").error == "E416"
    assert office(*death, "2025-03-11").error == "E405"


def test_a_wrong_death_is_corrected_or_taken_back(covered: Office) -> None:
    enrolled = "SELECT end_month, status FROM v_enrolment WHERE worker_id = 1"
    covered.ok("worker", "death", "P-000001", "--died", "2024-05-10", "--reported", "2025-05-19")
    assert covered.rows(enrolled) == [("2024-05", "ended")]
    correct = ("worker", "death", "P-000001", "--died", "2025-05-10", "--reported", "2025-05-19", "--correct")
    assert covered(*correct).error == "E002"
    covered.ok(*correct, "--reason", "wrong year")
    assert covered.rows(enrolled) == [("2025-05", "ended")]
    assert covered.ok("worker", "show", "P-000001")["cover"] == "no"
    covered.ok(
        "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19"
    )
    assert covered("worker", "alive", "P-000001", "--reason", "x").error == "E403"
    covered.ok("claim", "withdraw", "K-2025-0001", "--reason", "another man")
    covered.ok("worker", "alive", "P-000001", "--reason", "another man of this name")
    assert covered.rows(enrolled) == [("2026-09", "active")]
    assert covered("worker", "alive", "P-000001", "--reason", "x").error == "E421"
    assert covered.rows("SELECT action, reason FROM v_audit WHERE action GLOB 'worker.*' ORDER BY seq") == [
        ("worker.death", ""), ("worker.death", "wrong year"), ("worker.alive", "another man of this name"),
    ]  # fmt: skip


def test_a_proposal_dies_with_the_worker_and_paid_months_stay(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(1), person(2)]))
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", "--payer", "apbd-kota", "--decree", "x")
    terms = ("--payer", "apbd-kota", "--decree", "x", "--registered", "--months", 1)
    office.ok("enrol", "--worker", "P-000002", "--from", "2025-08", *terms)
    office.ok("iuran", "pay", "2025-08", "--proof", "S", "--date", "2025-06-01")
    for who in ("P-000001", "P-000002"):
        office.ok("worker", "death", who, "--died", "2025-05-10", "--reported", "2025-05-11")
    assert office.rows("SELECT status, end_month FROM v_enrolment ORDER BY id") == [
        ("refused", "2025-12"), ("ended", "2025-08"),
    ]  # fmt: skip
    assert office("iuran", "pay", "2025-03", "--proof", "T", "--date", "2025-06-01").error == "E307"


def test_somebody_who_has_moved_cannot_die_here(office: Office, roster: Callable[..., Path]) -> None:
    import sqlite3

    office.ok("import", roster([person(1)]))
    connection = sqlite3.connect(office.path, isolation_level=None)
    connection.execute("UPDATE worker SET status = 'moved'")
    connection.close()
    assert office("worker", "death", "P-000001", "--died", "2025-03-09").error == "E421"


def test_workers_are_listed_in_pages_and_masked(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(n) for n in range(5)]))
    page = office("worker", "list", "--limit", 2, "--json")
    assert [w["worker"] for w in page.data] == ["P-000001", "P-000002"]
    assert office("worker", "list", "--limit", 2).err == (
        "Daftarnya berlanjut: --after 2, atau semuanya dengan -o BERKAS.xlsx\n"
    )
    assert [w["worker"] for w in office.ok("worker", "list", "--after", 4)] == ["P-000005"]
    assert len(office.ok("worker", "list", "--kelurahan", "guntung", "--status", "active")) == 5
    assert office.ok("worker", "list", "--kelurahan", "64.74.01.1001") == []
    assert str(person(1)[0]) not in page.out


def test_no_nik_can_be_put_together_from_what_stands_beside_it(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(n) for n in range(3)]))
    shown = [*office.ok("worker", "list"), office.ok("worker", "show", "P-000002")]
    assert {worker["nik"] for worker in shown} == {"6474" + "•" * 12}
    for worker in shown:
        year, month, day = worker["birth_date"].split("-")
        day = f"{int(day) + 40 * (worker['sex'] == 'P'):02}"
        (nik,) = office.rows("SELECT nik FROM v_worker WHERE number = ?", worker["worker"])[0]
        assert nik[6:12] == f"{day}{month}{year[2:]}", "all but the serial can be known"
        assert nik[12:] not in worker["nik"]


@pytest.mark.parametrize("command", [("worker", "list"), ("cover", "list")])
def test_a_filter_that_matches_no_known_value_is_an_error(office: Office, command: tuple[str, ...]) -> None:
    asked = office(*command, "--kelurahan", "gunng elay")
    assert (asked.error, asked.code) == ("E510", 66)
    assert "Gunung Elai" in asked.err
    assert "Guntung" in office(*command, "--kelurahan", "gunting").err
    assert "Berbas" in office(*command, "--kelurahan", "zzz").err, "all of them where none is alike"
    assert office(*command, "--kelurahan", "").error == "E510"
    for spelling in ("GUNTUNG", "kel. guntung", "64.74.01.1004"):
        assert office(*command, "--kelurahan", spelling).code == 0
    for status in ("hilang", "sakit"):
        refused = office(*command, "--status", status)
        assert (refused.error, f"{status} tidak dikenal" in refused.err) == ("E002", True)


@pytest.mark.parametrize("command", [("worker", "list"), ("cover", "list")])
@pytest.mark.parametrize("typed", ["Loktuan", "LOK-TUAN", "Kel. Lok Tuan", "lok tuan"])
def test_a_kelurahan_is_understood_in_its_spellings(
    office: Office, roster: Callable[..., Path], command: tuple[str, ...], typed: str
) -> None:
    there = [(*person(n)[:4], kelurahan, "") for n, kelurahan in enumerate(("Lok Tuan", "Guntung"))]
    office.ok("import", roster(there))
    data = office.ok(*command, "--kelurahan", typed)
    people = data if isinstance(data, list) else data["people"]
    assert [one["worker"] for one in people] == ["P-000001"]


def test_a_full_nik_is_shown_for_a_reason_that_is_kept(
    covered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    nik = covered.one("SELECT nik FROM v_worker WHERE id = 1")
    masked = covered("worker", "show", nik)
    assert nik not in masked.out
    assert "P-000001" in masked.out
    assert covered("worker", "show", "P-000001", "--unmask").error == "E002"
    shown = covered.ok("worker", "show", "P-000001", "--unmask", "--reason", "letter to BPJS")
    assert shown["nik"] == nik
    assert covered.rows("SELECT action, subject, reason FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("worker.unmask", "P-000001", "letter to BPJS")
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{nik}\n"))
    assert covered.ok("worker", "show", "--nik", "-")["worker"] == "P-000001"
    assert covered.ok("worker", "show", "--nik", nik)["enrolments"][0]["paid_months"] == "2023-10..2026-09"
    assert covered("worker", "show", "P-000001", "--nik", nik).error == "E002"


def test_a_worker_shows_claims_too(covered: Office) -> None:
    covered.ok(
        "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-11"
    )
    assert covered.ok("worker", "show", "P-000001")["claims"][0]["number"] == "K-2025-0001"


def test_denominators_are_set_with_their_source(office: Office) -> None:
    put = ("workforce", "set", "--year", 2025, "--source", "OPD", "--area")
    office.ok(*put, "64.74", "--workers", "36.777")
    office.ok(*put, "64.74", "--workers", 36_778)
    office.ok(*put, "64.74.01", "--workers", 100)
    office.ok(*put, "64.74", "--workers", 90_000, "--segment", "all", "--protected-elsewhere", 40_000)
    assert [(f["area"], f["segment"], f["workers"]) for f in office.ok("workforce", "list")] == [
        ("64.74", "all", 90_000), ("64.74", "rentan", 36_778), ("64.74.01", "rentan", 100),
    ]  # fmt: skip
    assert office(*put, "64.72", "--workers", 5).error == "E501"
    assert office(*put, "64.74", "--workers", 0).error == "E506"
    assert office(*put, "64.74", "--workers", 5, "--protected-elsewhere", 6).error == "E506"
    assert office(*put, "64.74", "--workers", 5, "--segment", "x").error == "E002"


def test_provisions_name_their_source_and_doubt(office: Office) -> None:
    shown = office("provisions", "jkm.pemakaman")
    assert "PP 82/2019" in shown.out
    assert "belum dibaca" in shown.err
    assert office("provisions", "--lang", "en", "--json").data[0]["title"]
    assert office("provisions", "jkp").error == "E603"
    assert office("provisions", "a", "b").error == "E002"


def test_worked_cases_are_checked_like_real_claims(office: Office, tmp_path: Path) -> None:
    cases = ROOT / "tests/cases"
    ran = office("provisions", "check", *sorted(cases.glob("*.toml")), "--json")
    assert (ran.code, ran.data["wrong"]) == (0, 0)
    assert ran.data["right"] > 30
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        '[[case]]\nname = "x"\nsource = "y"\nkind = "jkm"\nevent_date = 2024-03-10\nexpect = { total = 1 }\n'
    )
    ran = office("provisions", "check", wrong)
    assert ran.code == 1
    assert "42000000" in ran.out
    assert office("provisions", "check", tmp_path / "none.toml").error == "E201"
    assert office("provisions", "check", tmp_path).error == "E602"


def test_the_office_looks_after_its_file(office: Office, tmp_path: Path) -> None:
    assert "sehat" in office("db", "check").out
    assert office.ok("db", "path") == {"path": str(office.path), "exists": True}
    assert office.ok("audit", "verify")["rows"] == 1
    assert [row["action"] for row in office.ok("audit", "log")] == ["office.init"]
    import sqlite3

    connection = sqlite3.connect(office.path, isolation_level=None)
    connection.execute("DROP TRIGGER audit_is_never_changed")
    connection.execute("UPDATE audit SET actor = 'x'")
    connection.execute("INSERT INTO worker_change VALUES (1, 9, 9, 0, 1, 'name', 'a', 'b', 0)")
    connection.close()
    ran = office("db", "check", "--json")
    assert ran.code == 1
    assert ran.data["problems"] == [
        "foreign key: worker_change (2)",
        "schema: audit_is_never_changed", "audit row 1", "worker_change 1 row",
    ]  # fmt: skip
    assert "MASALAH" in office("db", "check").out
    assert office("audit", "verify").error == "E505"


def test_another_city_is_described_in_a_file(tmp_path: Path, jcli: Run) -> None:
    area = tmp_path / "kota.toml"
    area.write_text(
        'code = "99.01"\nname = "Kota Contoh"\n[[kelurahan]]\n'
        'code = "99.01.01.1001"\nname = "Satu"\nkecamatan = "Satu"\n'
    )
    made = jcli("--db", tmp_path / "x.db", "init", "--area", area, "--json")
    assert made.data["city"] == "Kota Contoh"
    assert jcli("--db", tmp_path / "y.db", "init", "--area", "99.99").error == "E110"
    area.write_text('code = "99.01"\nname = "Kota Contoh"\n[[kelurahan]]\nkode = "99.01.01.1001"\n')
    refused = jcli("--db", tmp_path / "z.db", "init", "--area", area)
    assert refused.error == "E602"
    assert "kota.toml: kelurahan 1" in refused.err


def test_a_death_is_refused_inside_an_operation_too(covered: Office) -> None:
    import datetime

    with pytest.raises(JcliError):
        workers.refuse_disorder(
            born=None,
            event=datetime.date(2025, 1, 2),
            reported=datetime.date(2025, 1, 1),
            today=datetime.date(2025, 1, 3),
        )


def test_status_names_the_next_step(office: Office, roster: Callable[..., Path]) -> None:
    def step() -> str:
        return office("status").err

    assert "jcli import ROSTER.xlsx (Register masih kosong)" in step()
    office.ok(
        "import", roster([person(n) for n in range(3)] + [("12345", "BUDI SANTOSO", None, "L", "", "")])
    )
    assert "jcli enrol --batch B-2025-001" in step()
    office.ok(
        "enrol",
        "--batch",
        "B-2025-001",
        "--from",
        "2025-01",
        "--payer",
        "apbd-kota",
        "--decree",
        "x",
        "--registered",
        today="2025-01-02",
    )
    assert 'jcli iuran pay 2025-01..2025-07 --payer "APBD Kota"' in step()
    office.ok("iuran", "pay", "2025-01..2025-12", "--proof", "S", "--date", "2025-01-02")
    assert "jcli batch fix-file B-2025-001" in step()
    office.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-11")
    assert "jcli claim document K-2025-0001" in step()
    office.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    assert "--state terverifikasi" in step()
    office.ok("pay", "K-2025-0001", *BY_LIST, "--proof", "B", "--date", "2025-06-01", actor="sari")
    assert "jcli batch fix-file" in step()
    data = office.ok("status")
    assert data["counts"]["protected"] == 2
    terms = ("--months", 6, "--payer", "csr", "--decree", "x")
    office.ok("enrol", "--worker", "P-000002", "--from", "2026-01", *terms)
    assert "jcli bpjs submit -o" in step()
    office.ok("bpjs", "submit", "-o", office.path.parent / "pengajuan.xlsx")
    assert "jcli bpjs answer BERKAS --submission S-2025-001" in step()
    assert data["oldest_open_days"] is None


def test_a_death_tells_what_is_paid_beyond_it(covered: Office) -> None:
    died = covered.ok("worker", "death", "P-000001", "--died", "2025-05-10", "--reported", "2025-06-02")
    beyond = 16 * 16_800  # June 2025 to September 2026
    assert (died["months_after"], died["amount_after"]) == (16, beyond)
    assert "Rp268.800" in covered("worker", "death", "P-000002", "--died", "2025-05-10").out
    never = covered.ok("worker", "death", "P-000003", "--died", "2025-08-02", today="2026-10-01")
    assert (never["months_after"], never["amount_after"]) == (13, 13 * 16_800)

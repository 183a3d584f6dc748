"""Facts put right by hand: read as a cell of a roster, kept with their reason, true for all a NIK holds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HEADINGS, Office, person
from tests.support.workbooks import xlsx

WHY = ("--reason", "KTP diperlihatkan")
OLD, RIGHT = str(person(1)[0]), str(person(501)[0])
LISTED = ("--as", "covered-elsewhere", "--payer", "apbd-provinsi", "--from", "2025-01", "--to", "2025-12")


@pytest.fixture
def three(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([person(n) for n in (1, 2, 3)]), "--agency", "Dinas A")
    return office


@pytest.mark.parametrize(
    ("option", "typed", "column", "stored"),
    [
        ("--name", "hj. siti  aminah", "name", "HJ. SITI AMINAH"),
        ("--phone", "0812 3456-7890", "phone", "+6281234567890"),
        ("--birth-date", "17 Agustus 1986", "birth_date", "1986-08-17"),
        ("--birth-place", "bontang", "birth_place", "BONTANG"),
        ("--sex", "perempuan", "sex", "P"),
        ("--address", "jl. ks tubun 4", "address", "JL. KS TUBUN 4"),
        ("--rt", "RT. 5", "rt", "005"),
        ("--rw", "2", "rw", "002"),
        ("--kelurahan", "Kel. Loktuan", "kelurahan", "Lok Tuan"),
        ("--kelurahan", "-", "kelurahan", None),
        ("--occupation", "-", "occupation", None),
        ("--occupation", "petani", "occupation", "PETANI"),
        ("--mother", "salma", "mother_name", "SALMA"),
        ("--family-card", "6474.0101.0101.0001", "family_card", "6474010101010001"),
        ("--agency", "Dinas B", "agency", "Dinas B"),
        ("--agency", "-", "agency", None),
        ("--nik", RIGHT, "nik", RIGHT),
    ],
)
def test_a_value_is_read_as_a_cell_of_a_roster(
    three: Office, option: str, typed: str, column: str, stored: str | None
) -> None:
    data = three.ok("worker", "set", "P-000001", option, typed, *WHY)
    assert data["worker"] == "P-000001"
    assert len(data["changes"]) == 1
    assert three.one(f"SELECT {column} FROM v_worker WHERE id = 1") == stored
    kept = three.rows("SELECT corrected_on, actor, reason FROM v_worker_correction WHERE worker_id = 1")
    assert kept == [("2025-08-04", "rina", "KTP diperlihatkan")]
    assert three.one("SELECT count(*) FROM v_audit WHERE action = 'worker.correct'") == 1
    assert three("worker", "set", "P-000001", option, typed, *WHY).error == "E526"
    assert three.ok("db", "check")["problems"] == []


@pytest.mark.parametrize(
    ("option", "typed", "said"),
    [
        ("--nik", "123", "NIK tidak 16 angka"),
        ("--nik", "-", "NIK tidak ada"),
        ("--name", "---", "Nama tidak ada"),
        ("--name", "123", "Nama tidak ada"),
        ("--birth-date", "31/02/1980", "Tanggal lahir tidak terbaca"),
        ("--birth-date", "-", "harus diketahui"),
        ("--sex", "X", "Jenis kelamin tidak terbaca"),
        ("--sex", "-", "harus diketahui"),
        ("--phone", "12", "Nomor telepon tidak terbaca"),
        ("--family-card", "12", "kartu keluarga"),
        ("--kelurahan", "Gunung Ela", "Gunung Elai"),
        ("--rt", "nol", "tidak ada yang dapat dibaca"),
        ("--occupation", "7", "tidak ada yang dapat dibaca"),
        ("--kpj", "123", "KPJ"),
        ("--kpj", "24012345678", "E527"),
    ],
)
def test_what_cannot_be_read_changes_nothing(three: Office, option: str, typed: str, said: str) -> None:
    before = three.one("SELECT hash FROM audit_head")
    ran = three("worker", "set", "P-000001", option, typed, *WHY)
    assert ran.error in {"E524", "E527"}
    assert said in ran.err
    assert three.one("SELECT hash FROM audit_head") == before


def test_birth_date_and_sex_are_compared_with_the_nik(three: Office) -> None:
    assert three.ok("worker", "set", "P-1", "--sex", "P", *WHY)["findings"] == ["sex_mismatch_nik"]
    other = str(person(9, born="1990-01-02", sex="P")[0])
    assert three.ok("worker", "set", "P-1", "--nik", other, *WHY)["findings"] == ["dob_mismatch_nik"]
    assert three.ok("worker", "set", "P-1", "--birth-date", "2-1-1990", *WHY)["findings"] == []
    assert three.ok("worker", "set", "P-1", "--rt", "4", *WHY)["findings"] == []


def test_nothing_said_a_stranger_and_a_merged_record_are_refused(three: Office) -> None:
    assert three("worker", "set", "P-000001", *WHY).error == "E002"
    assert three("worker", "set", "P-000009", "--rt", "4", *WHY).error == "E401"
    taken = three("worker", "set", "P-000001", "--nik", str(person(2)[0]), *WHY)
    assert (taken.code, taken.error) == (1, "E525")
    assert "P-000002" in taken.err
    assert str(person(2)[0]) not in taken.err
    three.ok("worker", "merge", "P-000001", "P-000002", "--reason", "x")
    assert three("worker", "set", "P-000002", "--rt", "4", *WHY).error == "E421"


def test_the_trail_holds_old_and_new_and_no_number_in_full(three: Office) -> None:
    typed = ("--nik", RIGHT, "--phone", "081234567890", "--kelurahan", "Kanaan")
    said = three("worker", "set", "P-000001", *typed, *WHY)
    (before, after) = three.rows("SELECT before, after FROM audit WHERE action = 'worker.correct'")[0]
    assert json.loads(after)["phone"] == "•••7890"
    for text in (said.out, said.err, before, after):
        assert not {OLD, RIGHT, "081234567890"} & set(text.replace('"', " ").split())
    assert "Kanaan" in said.out


def test_an_old_roster_speaks_of_the_same_person(three: Office, roster: Callable[..., Path]) -> None:
    three.ok("worker", "set", "P-000001", "--nik", RIGHT, "--name", "BASRI ANWAR", *WHY)
    again = [(*person(1)[:5], "PETANI"), person(2)]
    data = three.ok("import", roster(again, "lagi.xlsx"), "--agency", "Dinas A")
    assert data["outcomes"] == {"changed": 1, "unchanged": 1} | {
        outcome: 0 for outcome in data["outcomes"] if outcome not in {"changed", "unchanged"}
    }
    assert (
        three.one("SELECT codes FROM v_roster_row WHERE batch = 'B-2025-002' AND row = 2")
        == '["nik_corrected"]'
    )
    assert three.rows("SELECT id, nik, name, occupation FROM v_worker WHERE id NOT IN (2, 3)") == [
        (1, RIGHT, "BASRI ANWAR", "PETANI")
    ]  # the name that was put right does not come back
    stranger = (OLD, "ZAINAL DWI KURNIAWAN", *person(1)[2:])
    three.ok("import", roster([stranger], "lain.xlsx"))
    assert three.one("SELECT name FROM v_worker WHERE nik = ?", OLD) == "ZAINAL DWI KURNIAWAN"
    sheet = three.ok("worker", "show", "P-000001")
    assert [one["code"] for one in sheet["notes"]] == ["nik_corrected"]


def test_lists_of_others_move_with_the_nik(three: Office, roster: Callable[..., Path]) -> None:
    headings = ("NIK", "NAMA")
    listed = [person(1)[:2], (str(person(3)[0]), "ORANG LAIN")]
    three.ok("import", roster(listed, "prov.xlsx", headings), *LISTED)
    three.ok("worker", "set", "P-000001", "--nik", RIGHT, *WHY)
    three.ok("worker", "set", "P-000003", "--nik", str(person(503)[0]), *WHY)
    assert three.ok("worker", "show", "P-000001")["lists"][0]["payer"] == "apbd-provinsi"
    assert three.ok("worker", "show", "P-000003")["lists"] == []
    later = ("--as", "covered-elsewhere", "--payer", "apbn", "--from", "2025-01", "--to", "2025-02")
    three.ok("import", roster([person(1)[:2]], "apbn.xlsx", headings), *later)
    assert [one["payer"] for one in three.ok("worker", "show", "P-000001")["lists"]] == [
        "apbd-provinsi", "apbn",
    ]  # fmt: skip


def test_what_was_decided_about_lookalikes_moves_with_the_nik(
    office: Office, roster: Callable[..., Path]
) -> None:
    one = person(1, name="SITI AMINAH")
    other = (f"{one[0]}"[:-3] + "9" + f"{one[0]}"[-2:], *one[1:])
    office.ok("import", roster([one, other]))
    decided = office.path.with_name("putusan.csv")
    decided.write_text("item,decision\nP:P-000001/P-000002,different\n")
    assert office.ok("worker", "duplicates") != []
    office.ok("review", "--decide", decided)
    office.ok("worker", "set", "P-000001", "--nik", RIGHT, *WHY)
    assert office.ok("worker", "duplicates") == []
    assert office.rows("SELECT worker_id, other_worker_id, decision FROM v_likeness") in (
        [(1, 2, "different")], [(2, 1, "different")],
    )  # fmt: skip


def test_who_becomes_alike_by_a_correction_waits_for_a_decision(three: Office) -> None:
    data = three.ok("worker", "set", "P-000001", "--name", str(person(2)[1]), *WHY)
    assert data["pairs"] == 1
    assert [pair["worker"] for pair in three.ok("worker", "show", "P-000001")["pairs"]] == ["P-000002"]
    said = three("worker", "set", "P-000003", "--name", str(person(2)[1]), *WHY)
    assert "jcli review" in said.err


def test_a_name_that_was_refused_for_a_nik_may_be_put_right(
    three: Office, roster: Callable[..., Path]
) -> None:
    three.ok("import", roster([(RIGHT, "KASIM LAIN", *person(1)[2:])], "b.xlsx"))
    shared = roster([(RIGHT, person(1)[1], *person(1)[2:])], "c.xlsx")
    three.ok("import", shared)
    decided = three.path.with_name("putusan.csv")
    decided.write_text("item,decision\nR:B-2025-003/Sheet/2,different\n")
    three.ok("review", "--decide", decided)
    assert three.one("SELECT count(*) FROM refused_bearer") == 1
    three.ok("worker", "set", "P-000004", "--nik", str(person(777)[0]), *WHY)
    three.ok("worker", "set", "P-000001", "--nik", RIGHT, *WHY)
    assert three.one("SELECT count(*) FROM refused_bearer WHERE nik = ?", RIGHT) == 0


@pytest.fixture
def refused(three: Office, tmp_path: Path) -> Office:
    """Three who were submitted: BPJS refused the first and the second, and has not answered the third."""
    terms = ("--payer", "apbd-kota", "--decree", "SK 1", "--from", "2025-08", "--months", 12)
    three.ok("enrol", "--batch", "B-2025-001", *terms)
    three.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")
    head = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")
    rows = [(str(person(n)[0]), person(n)[1], "", "GAGAL", "NIK tidak padan") for n in (1, 2)]
    three.ok("bpjs", "answer", xlsx(tmp_path / "a.xlsx", {"S": [head, *rows]}))
    return three


def test_a_corrected_identity_answers_the_refusal_and_is_sent_again(refused: Office, tmp_path: Path) -> None:
    assert "NIK tidak padan" in refused.ok("worker", "show", "P-000001")["refusal"]
    assert refused.ok("worker", "set", "P-000001", "--phone", "081234567890", *WHY)["proposed_again"] == 0
    assert refused.ok("worker", "show", "P-000001")["refusal"] is not None
    said = refused("worker", "set", "P-000001", "--nik", RIGHT, *WHY)
    assert "jcli bpjs submit" in said.err
    assert refused.ok("worker", "show", "P-000001")["refusal"] is None
    assert refused.ok("bpjs", "submit", "-o", tmp_path / "t.xlsx")["heads"] == 1
    assert refused.rows("SELECT worker_id, nik FROM v_submission_line WHERE number = 'S-2025-002'") == [
        (1, RIGHT)
    ]
    head = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")
    again = [head, (RIGHT, person(1)[1], "", "GAGAL", "Nama tidak padan")]
    refused.ok("bpjs", "answer", xlsx(tmp_path / "b.xlsx", {"S": again}), "--submission", "S-2025-002")
    assert "Nama tidak padan" in refused.ok("worker", "show", "P-000001")["refusal"]


def test_an_answer_under_the_old_nik_still_finds_its_person(refused: Office, tmp_path: Path) -> None:
    said = refused("worker", "set", "P-000003", "--nik", str(person(503)[0]), *WHY)
    assert "bpjs withdraw" in said.err
    head = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")
    row = (str(person(3)[0]), person(3)[1], "24012345678", "BERHASIL", "")
    refused.ok("bpjs", "answer", xlsx(tmp_path / "c.xlsx", {"S": [head, row]}))
    assert refused.ok("worker", "show", "P-000003")["kpj"] == "24012345678"
    taken = refused("worker", "set", "P-000002", "--kpj", "2401 2345 678", *WHY)
    assert (taken.error, "P-000003" in taken.err) == ("E525", True)
    refused.ok("worker", "set", "P-000003", "--kpj", "-", *WHY)
    assert refused.ok("worker", "show", "P-000003")["kpj"] is None


def test_a_batch_whose_worker_was_put_right_stays(three: Office, roster: Callable[..., Path]) -> None:
    three.ok("worker", "set", "P-000001", "--rt", "4", *WHY)
    ran = three("batch", "undo", "B-2025-001")
    assert (ran.code, ran.error) == (3, None)
    assert [row[0] for row in three.rows("SELECT id FROM v_worker")] == [1]
    changed = (*person(1)[:4], "Kanaan", "PETANI")
    three.ok("import", roster([changed], "b.xlsx", HEADINGS))
    three.ok("worker", "set", "P-000001", "--kelurahan", "Guntung", *WHY)
    assert three("batch", "undo", "B-2025-002").error == "E212"
    assert three.one("SELECT kelurahan FROM v_worker WHERE id = 1") == "Guntung"

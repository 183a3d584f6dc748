"""The list of families to visit: whom it names, what it holds, and what comes back of it."""

import datetime
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Office, once, person
from tests.support.keyboard import Keyboard
from tests.support.papers import pages, words

FILLED = {
    "DIKUNJUNGI": datetime.date(2025, 8, 1),
    "BERTEMU DENGAN": "Istri",
    "HASIL / JANJI": "akta menyusul",
}
FILLED |= {"TANGGAL BERIKUT": "12-8-25"}


@pytest.fixture
@once
def waiting(office: Office, roster: Callable[..., Path]) -> Office:
    """An office with four families that wait, in two kelurahan and out of any, and one that does not."""
    placed = (
        ("LOKTUAN", "10", "081234567890"),
        ("GUNTUNG", "9", ""),
        ("LOKTUAN", "2", ""),
        ("GUNTUNG", "", ""),
    )
    rows = [
        (*person(n, born=f"197{n}-03-01")[:4], kelurahan, "NELAYAN", rt, phone)
        for n, (kelurahan, rt, phone) in enumerate(placed)
    ]
    headings = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN", "RT", "NO HP")
    office.ok("import", roster(rows, headings=headings), today="2023-10-02")
    terms = ("--from", "2023-10", "--months", 36, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--batch", "B-2023-001", *terms, today="2023-10-03")
    paid = ("--proof", "SP2D-1", "--date", "2023-10-10")
    office.ok("iuran", "pay", "2023-10..2026-09", *paid, today="2023-10-11")
    for number in (1, 2, 3, 4):
        office.ok("claim", "add", f"P-00000{number}", "--kind", "jkm", "--date", "2025-07-20")
    office.ok("claim", "withdraw", "K-2025-0004", "--reason", "x")
    return office


def listed(office: Office, name: str = "kunjungan.xlsx", *more: object) -> Path:
    path = office.path.with_name(name)
    office.ok("claim", "visits", "-o", path, *more)
    return path


def written(path: Path, rows: dict[str, dict[str, object]], into: str = "kembali.xlsx") -> Path:
    """Write into the rows of claims, by heading, as somebody does in Excel."""
    book = openpyxl.load_workbook(path)
    sheet = book["Kunjungan"]
    at = {str(cell.value): column for column, cell in enumerate(sheet[1], 1)}
    for row in range(2, sheet.max_row + 1):
        for heading, value in rows.get(str(sheet.cell(row, at["KLAIM"]).value), {}).items():
            sheet.cell(row, at[heading]).value = value  # type: ignore[assignment]
    there = path.with_name(into)
    book.save(there)
    return there


def test_the_families_who_wait_stand_by_kelurahan_and_rt_their_phones_masked(waiting: Office) -> None:
    told = waiting.ok("claim", "visits")
    assert [one["number"] for one in told] == ["K-2025-0002", "K-2025-0003", "K-2025-0001"]
    assert [(one["kelurahan"], one["rt"]) for one in told][1:] == [("Lok Tuan", "002"), ("Lok Tuan", "010")]
    assert told[2]["phone"] == "•••7890"
    assert "akta-kematian" in told[0]["missing"]
    assert [one["number"] for one in waiting.ok("claim", "visits", "--kelurahan", "lok tuan")] == [
        "K-2025-0003",
        "K-2025-0001",
    ]
    assert len(waiting.ok("claim", "visits", "--kelurahan", "Kec. Bontang Utara")) == 3
    assert waiting("claim", "visits", "--kelurahan", "Atlantis").error == "E510"


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_paper_has_a_page_for_each_kelurahan_with_phone_and_boxes(waiting: Office, ending: str) -> None:
    path = listed(waiting, f"kunjungan.{ending}")
    said = words(path)
    assert "DAFTAR KUNJUNGAN KELUARGA · GUNTUNG 1 keluarga · 4 Agustus 2025" in said
    assert "DAFTAR KUNJUNGAN KELUARGA · LOK TUAN 2 keluarga" in said
    assert "+6281234567890" in said
    assert said.index("K-2025-0003") < said.index("K-2025-0001")
    assert "dan 2 lagi" in said
    assert ending == "docx" or len(pages(path)) == 2
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_workbook_holds_texts_and_fits_an_a4_page(waiting: Office) -> None:
    sheet = openpyxl.load_workbook(listed(waiting))["Kunjungan"]
    assert [cell.value for cell in sheet[2]][:4] == ["Guntung", "009", "K-2025-0002", "DARWIS AAA"]
    assert sheet["F4"].value == "+6281234567890"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth in {None, 1}  # without the attribute it is one page, too
    assert sheet.oddHeader is not None
    assert "04-08-2025" in (sheet.oddHeader.right.text or "")


def test_a_list_that_goes_out_is_in_the_trail_with_its_claims_and_fingerprints(waiting: Office) -> None:
    one, two = (waiting.path.with_name(name) for name in ("a.pdf", "a.xlsx"))
    told = waiting.ok("claim", "visits", "-o", one, "-o", two, "--kelurahan", "Guntung")
    assert told == {"families": 1, "files": ["a.pdf", "a.xlsx"]}
    subject, after = waiting.rows("SELECT subject, after FROM audit ORDER BY seq DESC LIMIT 1")[0]
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (one, two)}
    assert subject == "Guntung"
    kept = json.loads(after)
    left = kept.pop("left")
    assert kept == {"claims": ["K-2025-0002"], "files": digests}
    assert (left["files"], left["people"], left["to"]) == (digests, 1, "visitor")
    assert waiting("audit", "log").code == 0


def test_nothing_is_written_where_it_may_not_be(waiting: Office) -> None:
    there = waiting.path.with_name("a.pdf")
    assert waiting("claim", "visits", "-o", there.with_suffix(".csv")).error == "E503"
    assert waiting("claim", "visits", "-o", there, "--kelurahan", "Kanaan").error == "E554"
    there.write_bytes(b"lain")
    ran = waiting("claim", "visits", "-o", there.with_name("b.pdf"), "-o", there)
    assert ran.error == "E502"
    assert there.read_bytes() == b"lain"
    assert not there.with_name("b.pdf").exists()
    waiting.ok("claim", "visits", "-o", there, "--force")
    for wrong in (("--dry-run",), ("--force",), ("--from", there, "-o", there), ("--from", there, "--force")):
        assert waiting("claim", "visits", *wrong).error == "E002"


def test_what_was_written_becomes_visits_and_the_day_to_look_again(waiting: Office) -> None:
    back = written(
        listed(waiting), {"K-2025-0001": FILLED, "K-2025-0003": {**FILLED, "TANGGAL BERIKUT": None}}
    )
    tried = waiting.ok("claim", "visits", "--from", back, "--dry-run")
    assert (tried["dry_run"], tried["stored"]) == (True, False)
    assert waiting.one("SELECT count(*) FROM visit") == 0
    told = waiting.ok("claim", "visits", "--from", back, actor="budi")
    assert told["stored"]
    kept = waiting.rows(
        "SELECT number, visited_on, person, said, next_on, recorded_by FROM v_visit ORDER BY number"
    )
    assert kept == [
        ("K-2025-0001", "2025-08-01", "Istri", "akta menyusul", "2025-08-12", "budi"),
        ("K-2025-0003", "2025-08-01", "Istri", "akta menyusul", None, "budi"),
    ]
    assert waiting.rows("SELECT number, next_on FROM v_claim_family") == [("K-2025-0001", "2025-08-12")]
    subject, after = waiting.rows("SELECT subject, after FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert subject == "K-2025-0003 K-2025-0001"
    assert json.loads(after)["visits"][1]["said"] == "akta menyusul"
    assert json.loads(after)["sha256"] == hashlib.sha256(back.read_bytes()).hexdigest()
    steps = waiting.ok("claim", "show", "K-2025-0001")["history"]
    assert steps[-1]["action"] == "claim.visits"
    assert "kunjungan dicatat dari daftar" in words(printed_sheet(waiting))


def printed_sheet(office: Office) -> Path:
    path = office.path.with_name("lembar.docx")
    office.ok("claim", "print", "K-2025-0001", "sheet", "-o", path)
    return path


def test_the_same_file_twice_changes_nothing_and_the_next_list_tells_of_it(waiting: Office) -> None:
    back = written(listed(waiting), {"K-2025-0001": FILLED})
    waiting.ok("claim", "visits", "--from", back)
    before = waiting.one("SELECT count(*) FROM audit")
    again = waiting("claim", "visits", "--from", back)
    assert again.code == 0
    assert "tidak ada yang diubah" in again.out
    assert waiting.one("SELECT count(*) FROM visit") == 1
    assert waiting.one("SELECT count(*) FROM audit") == before
    said = words(listed(waiting, "lagi.docx"))
    assert "1 Agustus 2025: akta menyusul; lagi 12 Agustus 2025" in said
    later = {**FILLED, "DIKUNJUNGI": datetime.date(2025, 8, 3), "TANGGAL BERIKUT": None}
    more = written(listed(waiting, "c.xlsx"), {"K-2025-0001": later})
    waiting.ok("claim", "visits", "--from", more)
    shown = [one for one in waiting.ok("claim", "visits") if one["number"] == "K-2025-0001"]
    assert (shown[0]["visited_on"], shown[0]["next_on"]) == ("2025-08-03", "2025-08-12")


def test_rows_are_known_by_their_claim_wherever_they_stand(waiting: Office) -> None:
    book = openpyxl.load_workbook(written(listed(waiting), {"K-2025-0001": FILLED}))
    sheet = book["Kunjungan"]
    sheet.delete_rows(2)
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Daftar dari RT"
    sheet.move_range("J1:M9", cols=2)
    sheet["H5"] = None
    doubled = [cell.value for cell in sheet[5]]
    sheet.append(doubled)
    path = waiting.path.with_name("diubah.xlsx")
    book.save(path)
    told = waiting.ok("claim", "visits", "--from", path)
    assert [(one["claim"], one["state"]) for one in told["visits"]] == [
        ("K-2025-0001", "new"),
        ("K-2025-0001", "known"),
    ]
    assert waiting.one("SELECT count(*) FROM visit") == 1


def test_rows_that_cannot_be_taken_are_named_and_nothing_is_stored(waiting: Office) -> None:
    rows: dict[str, dict[str, object]] = {
        "K-2025-0001": FILLED,
        "K-2025-0002": {**FILLED, "DIKUNJUNGI": "kemarin"},
        "K-2025-0003": {**FILLED, "NAMA": "ORANG LAIN"},
    }
    ran = waiting("claim", "visits", "--from", written(listed(waiting), rows), "--json")
    assert ran.code == 3
    assert [one["problem"] for one in ran.data["refused"]] == ["E557", "E556"]
    assert [one["row"] for one in ran.data["refused"]] == [2, 3]
    assert not ran.data["stored"]
    assert waiting.one("SELECT count(*) FROM visit") == 0
    said = waiting("claim", "visits", "--from", waiting.path.with_name("kembali.xlsx"))
    assert "2 baris tidak dapat dicatat" in said.out
    assert "betulkan baris itu" in said.err


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"KLAIM": "K-2025-0099"}, "E402"),
        ({"KLAIM": ""}, "E402"),
        ({"HASIL / JANJI": ""}, "E558"),
        ({"DIKUNJUNGI": None}, "E558"),
        ({"DIKUNJUNGI": "5 Agustus 2025"}, "E559"),
        ({"DIKUNJUNGI": datetime.date(2025, 7, 19)}, "E559"),
        ({"TANGGAL BERIKUT": datetime.date(2025, 8, 1)}, "E476"),
        ({"TANGGAL BERIKUT": "31/2/2025"}, "E557"),
    ],
)
def test_what_cannot_have_been_has_its_own_reason(
    waiting: Office, change: dict[str, object], code: str
) -> None:
    back = written(listed(waiting), {"K-2025-0001": {**FILLED, **change}})
    ran = waiting("claim", "visits", "--from", back, "--json")
    assert [one["problem"] for one in ran.data["refused"]] == [code]
    assert waiting.one("SELECT count(*) FROM visit") == 0


def test_contacts_that_were_put_right_come_back_and_what_was_wiped_out_stays(waiting: Office) -> None:
    waiting.ok("claim", "contact", "K-2025-0002", "SITI", "--phone", "0811 2222 3333")
    rows: dict[str, dict[str, object]] = {
        "K-2025-0001": {**FILLED, "KELUARGA": "RAHMA", "HP": "0813-9999-0001"},
        "K-2025-0002": {"HP": 81399990002},
        "K-2025-0003": {"KELUARGA": "-", "HP": None},
    }
    back = written(listed(waiting), rows)
    told = waiting.ok("claim", "visits", "--from", back)
    assert [(one["claim"], one["contact"], one["phone"], one["state"]) for one in told["contacts"]] == [
        ("K-2025-0002", "SITI", "•••0002", "new"),
        ("K-2025-0001", "RAHMA", "•••0001", "new"),
    ]
    kept = "SELECT contact, contact_phone FROM claim_family ORDER BY claim_id"
    assert waiting.rows(kept) == [("RAHMA", "+6281399990001"), ("SITI", "+6281399990002")]
    after = json.loads(waiting.one("SELECT after FROM audit ORDER BY seq DESC LIMIT 1"))
    assert after["contacts"][0]["before"] == {"contact": "SITI", "phone": "•••3333"}
    again = waiting.ok("claim", "visits", "--from", back)
    assert (again["stored"], [one["state"] for one in again["contacts"]]) == (False, ["known"] * 2)
    wiped = written(listed(waiting, "b.xlsx"), {"K-2025-0002": {"KELUARGA": None, "HP": "-"}})
    assert waiting("claim", "visits", "--from", wiped).error == "E555"


@pytest.mark.parametrize("phone", ["tidak punya", "12345", "0812-3456-7890 / 0813-1111-2222"])
def test_a_phone_that_is_none_or_two_is_named_and_nothing_is_stored(waiting: Office, phone: str) -> None:
    back = written(listed(waiting), {"K-2025-0001": {**FILLED, "HP": phone}})
    ran = waiting("claim", "visits", "--from", back, "--json")
    assert (ran.code, [one["problem"] for one in ran.data["refused"]]) == (3, ["E458"])
    assert waiting.one("SELECT count(*) FROM visit") == 0


def test_a_nik_in_what_was_said_is_not_kept(waiting: Office) -> None:
    nik = str(person(0, born="1970-03-01")[0])
    back = written(listed(waiting), {"K-2025-0001": {**FILLED, "HASIL / JANJI": f"NIK {nik} keliru"}})
    waiting.ok("claim", "visits", "--from", back)
    assert nik not in waiting.one("SELECT said FROM visit")
    assert nik not in waiting.one("SELECT after FROM audit ORDER BY seq DESC LIMIT 1")


def test_a_list_of_another_office_an_empty_one_and_another_file_are_refused(
    waiting: Office, roster: Callable[..., Path]
) -> None:
    path = listed(waiting)
    assert waiting("claim", "visits", "--from", path).error == "E555"
    assert (
        waiting("claim", "visits", "--from", roster([person(n) for n in range(40)], "lain.xlsx")).error
        == "E552"
    )
    assert waiting("claim", "visits", "--from", path.with_name("tidak-ada.xlsx")).error == "E201"
    back = written(path, {"K-2025-0001": FILLED})
    other = Office(waiting.path.with_name("kota-lain.db"), waiting.run_jcli)
    assert other("init", today="2024-01-01", actor="budi").code == 0
    assert other("claim", "visits", "--from", back).error == "E553"


def test_a_list_without_its_hidden_sheet_is_known_by_its_headings(waiting: Office) -> None:
    back = written(listed(waiting), {"K-2025-0001": FILLED})
    book = openpyxl.load_workbook(back)
    book["jcli"]["B1"] = "lain"
    book.save(back)
    assert waiting("claim", "visits", "--from", back, "--dry-run").code == 0
    del book["jcli"]
    column = [cell.value for cell in book["Kunjungan"][1]].index("KELUARGA") + 1
    book["Kunjungan"].cell(2, column).value = "RAHMA"
    book.create_sheet("jcli").sheet_state = "hidden"
    secret = book.create_sheet("Rahasia")
    secret.sheet_state = "hidden"
    book.save(back)
    told = waiting.ok("claim", "visits", "--from", back)
    assert [one["contact"] for one in told["contacts"]] == ["RAHMA"]


def test_at_a_terminal_the_visits_are_counted_before_they_are_recorded(
    waiting: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = written(listed(waiting), {"K-2025-0001": FILLED})
    for answer, code, visits in (("t", 1, 0), ("ya", 0, 1), ("", 0, 1)):
        said = Keyboard()
        with monkeypatch.context() as desk:
            desk.setattr("sys.stdin", Keyboard(f"{answer}\n"))
            desk.setattr("sys.stderr", said)
            assert waiting("claim", "visits", "--from", back).code == code
        assert ("Catat 1 kunjungan dan 0 kontak yang berubah dari kembali.xlsx?" in said.getvalue()) == bool(
            answer
        )
        assert waiting.one("SELECT count(*) FROM visit") == visits

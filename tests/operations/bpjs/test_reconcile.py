"""BPJS's member list against ours: every disagreement named, every row counted once."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Office, person
from tests.support.workbooks import xlsx

HEAD = ("NO", "NIK", "NAMA PESERTA", "TGL LAHIR", "NOMOR KARTU", "STATUS KEPESERTAAN")
COUNTS = ("rows_there", "rows_agreeing", "rows_differing", "people_here", "people_found", "people_missing")


def born(number: int) -> str:
    return f"19{70 + number}-03-0{1 + number % 9}"


def row(number: int, **said: object) -> list[object]:
    nik, name, day, *_ = person(number, born=born(number))
    told = {"nik": nik, "name": name, "day": day, "kpj": "", "status": "AKTIF", **said}
    return [number + 1, *told.values()]


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """Write a member list."""

    def write(rows: Sequence[Sequence[object]]) -> Path:
        return xlsx(tmp_path / "peserta.xlsx", {"Peserta": [["DAFTAR PESERTA AKTIF"], HEAD, *rows]})

    return write


def reconcile(office: Office, path: Path, *options: object, today: str | None = None) -> Any:
    return office.ok("bpjs", "reconcile", path, *options, today=today)


def categories(data: Any) -> list[tuple[str, str | None, int | None]]:
    return [(one["category"], one["worker"], one["row"]) for one in data["differences"]]


def test_two_lists_that_agree(covered: Office, listed: Callable[..., Path]) -> None:
    ran = covered("bpjs", "reconcile", listed([row(n) for n in range(10)]), "--json")
    assert ran.code == 0
    assert [ran.data[key] for key in COUNTS] == [10, 10, 0, 10, 10, 0]
    assert ran.data["differences"] == []
    assert (ran.data["month"], ran.data["payer"]) == ("2025-08", None)


def test_every_kind_of_disagreement(covered: Office, listed: Callable[..., Path]) -> None:
    with covered.database.trying() as connection:
        connection.execute("UPDATE enrolment SET kpj = '24012345678' WHERE worker_id IN (8, 9)")
        connection.execute("COMMIT")
    covered.ok("worker", "death", "P-000001", "--died", "2025-05-10")
    covered.ok("worker", "death", "P-000010", "--died", "2025-08-01")
    path = listed([
        row(0),
        row(1, status="NON AKTIF"),
        row(2, day="01/01/1999"),
        row(3, name="ORANG LAIN SEKALI"),
        row(4, kpj="24012340004"),
        row(5),
        row(5),
        row(7, kpj="24019999999"),
        row(8, kpj="0001234567890"),
        row(20),
        row(3, nik="647401"),
        row(9, status="MENINGGAL"),
    ])  # fmt: skip
    data = reconcile(covered, path)
    assert categories(data) == [
        ("missing-there", "P-000007", None),
        ("inactive-there", "P-000002", 4),
        ("dead-here", "P-000001", 3),
        ("missing-here", None, 12),
        ("twice-there", "P-000006", 9),
        ("unreadable", None, 13),
        ("birth-date-differs", "P-000003", 5),
        ("name-differs", "P-000004", 6),
        ("kpj-differs", "P-000008", 10),
        ("kpj-differs", "P-000009", 11),
        ("kpj-missing-here", "P-000005", 7),
    ]
    assert [data[key] for key in COUNTS] == [12, 2, 10, 8, 7, 1]
    assert data["categories"]["kpj-differs"] == 2
    assert sum(data["categories"].values()) == len(data["differences"])
    by_row = {
        one["row"]: (one["nik"], one["sheet"], one["ours"], one["theirs"]) for one in data["differences"]
    }
    assert by_row[3] == ("6474••••••••7000", "Peserta", "deceased", "AKTIF")
    assert by_row[5][2:] == ("1972-03-03", "1999-01-01")
    assert by_row[12][2:] == ("unknown", "BASRI CCC")
    assert by_row[13] == (None, "Peserta", None, "nik_length")
    assert by_row[None] == ("6474••••••••7006", None, "apbd-kota", None)


def test_only_one_payer_and_the_month_that_was_asked(
    covered: Office, listed: Callable[..., Path], roster: Callable[..., Path]
) -> None:
    covered.ok("import", roster([person(30), person(31)], name="lain.xlsx"))
    terms = ("--from", "2025-08", "--months", 5, "--payer", "csr", "--decree", "CSR 1")
    covered.ok("enrol", "--worker", "P-000011", *terms, "--registered")
    covered.ok("enrol", "--worker", "P-000012", *terms)
    everybody = listed([row(n) for n in range(10)] + [[1, *person(n)[:3], "", "AKTIF"] for n in (30, 31)])
    assert categories(reconcile(covered, everybody)) == [("missing-here", "P-000012", 14)]
    city = reconcile(covered, everybody, "--payer", "apbd-kota")
    assert [(one["worker"], one["ours"]) for one in city["differences"]] == [
        ("P-000011", "csr"), ("P-000012", "proposed"),
    ]  # fmt: skip
    later = reconcile(covered, everybody, "--month", "2027-01")
    assert {(one["category"], one["ours"]) for one in later["differences"]} == {
        ("missing-here", "not-enrolled")
    }
    assert [later[key] for key in COUNTS] == [12, 0, 12, 0, 0, 0]
    gone = listed([row(n, status="TIDAK AKTIF") for n in range(10)])
    assert [reconcile(covered, gone, "--month", "2027-01")[key] for key in COUNTS] == [10, 10, 0, 0, 0, 0]
    assert covered("bpjs", "reconcile", everybody, "--payer", "nobody").error == "E310"


def test_a_merged_record_is_the_person_it_became(covered: Office, listed: Callable[..., Path]) -> None:
    covered.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    data = reconcile(covered, listed([row(n) for n in range(10)]))
    assert categories(data) == [("twice-there", "P-000002", 4)]
    without = reconcile(covered, listed([row(n) for n in range(1, 10)]))
    assert [without[key] for key in COUNTS] == [9, 9, 0, 9, 9, 0]


def test_it_is_shown_and_written_and_changes_nothing(
    covered: Office, listed: Callable[..., Path], tmp_path: Path
) -> None:
    path = listed([row(n) for n in range(9)])
    with covered.database.reading() as connection:
        before = list(connection.conn.iterdump())
    shown = covered("bpjs", "reconcile", path)
    with covered.database.reading() as connection:
        assert list(connection.conn.iterdump()) == before
    assert shown.code == 3
    assert "Agustus 2025" in shown.out
    assert "missing-there\tP-000010" in shown.out
    assert "peserta.xlsx" in shown.err
    files = [tmp_path / f"selisih.{ending}" for ending in ("xlsx", "csv", "md", "json")]
    wrote = covered("bpjs", "reconcile", path, *(part for file in files for part in ("-o", file)))
    assert wrote.out.count("Ditulis: ") == 4
    assert "P-000010" not in wrote.out
    assert "missing-there\t" in wrote.out
    assert "peserta.xlsx" in wrote.err
    assert openpyxl.load_workbook(files[0]).worksheets[1]["B4"].value == "P-000010"
    assert "tidak ada di BPJS;P-000010" in files[1].read_text("utf-8-sig")
    codes = tmp_path / "kode.csv"
    assert covered("bpjs", "reconcile", path, "-o", codes, "--machine").code == 3
    assert "missing-there,P-000010" in codes.read_text("utf-8")
    assert "tidak ada di BPJS" in files[2].read_text("utf-8")
    assert json.loads(files[3].read_text("utf-8"))["schema"] == "jcli.bpjs-reconcile/1"
    assert covered("bpjs", "reconcile", path, "-o", tmp_path / "selisih.odt").error == "E503"
    acts = covered.rows("SELECT action, changes FROM audit WHERE seq > 4")
    assert acts == [("privacy.file", None)] * 2


SAID = st.tuples(
    st.integers(0, 13),
    st.sampled_from(["AKTIF", "NON AKTIF", ""]),
    st.sampled_from(["", "24012345678", "24012345679", "0001234567890"]),
    st.booleans(),
)


@given(rows=st.lists(SAID, min_size=1, max_size=14), dead=st.sets(st.integers(0, 9), max_size=3))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_and_everybody_is_counted_once(
    covered: Office,
    listed: Callable[..., Path],
    rows: list[tuple[int, str, str, bool]],
    dead: set[int],
) -> None:
    with covered.database.trying() as connection:
        connection.execute("UPDATE worker SET status = 'active', died_on = NULL")
        connection.executemany(
            "UPDATE worker SET status = 'deceased', died_on = '2025-08-01' WHERE id = ?",
            [(number + 1,) for number in dead],
        )
        connection.execute("COMMIT")
    told = [
        row(number, status=status, kpj=kpj, **({} if readable else {"nik": "64740101"}))
        for number, status, kpj, readable in rows
    ]
    data = reconcile(covered, listed(told))
    there = {number for number, *_, readable in rows if readable and number < 10}
    living = set(range(10)) - dead
    differing = {one["row"] for one in data["differences"] if one["row"] is not None}
    assert [data[key] for key in COUNTS] == [
        len(rows), len(rows) - len(differing), len(differing), len(living), len(living & there),
        len(living - there),
    ]  # fmt: skip
    missing = {one["worker"] for one in data["differences"] if one["category"] == "missing-there"}
    assert missing == {f"P-{number + 1:06d}" for number in living - there}


def test_no_nik_in_a_name_or_a_card_number_of_bpjs_is_shown(
    covered: Office, listed: Callable[..., Path]
) -> None:
    digits = str(person(7)[0])
    path = listed([row(0, name=f"{digits[:6]} {digits[6:]}"), row(1, kpj=digits)])
    for options in (("--json",), ()):
        ran = covered("bpjs", "reconcile", path, *options)
        assert digits not in "".join(sign for sign in ran.out if sign.isdigit())
        assert ran.out.count(f"{digits[:4]}••••••••{digits[-4:]}") >= 2


FULL = ("--full-nik", "--reason", "diminta BPJS")
STRANGER = "6474011001019999"


@pytest.fixture
def differing(covered: Office, listed: Callable[..., Path]) -> tuple[Office, Path]:
    """A list that lacks somebody of ours, has one of ours born on another day, and a stranger."""
    unknown = [99, STRANGER, "ORANG BPJS", "10/01/2001", "", "AKTIF"]
    unreadable = [98, "64740", "ORANG LAIN", "", "", "AKTIF"]
    return covered, listed(
        [row(0), *(row(n) for n in range(2, 9)), row(9, day="01/01/1999"), unknown, unreadable]
    )


def whole(path: Path) -> dict[str, str]:
    """Return the names of a file's list by the whole NIKs in it, as texts."""
    book = openpyxl.load_workbook(path)
    rows = [[str(cell.value) for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]
    return {row[2]: row[3] for row in rows if len(row) > 3 and row[2].isdecimal() and len(row[2]) == 16}


def test_a_file_for_bpjs_has_whole_niks_on_record(differing: tuple[Office, Path], tmp_path: Path) -> None:
    office, path = differing
    out, text = tmp_path / "beda.xlsx", tmp_path / "beda.csv"
    masked = office.ok("bpjs", "reconcile", path)
    ran = office("bpjs", "reconcile", path, "-o", out, "-o", text, *FULL)
    assert ran.code == 3
    assert "NIK lengkap" in ran.err
    niks = [str(person(n, born=born(n))[0]) for n in (1, 9)] + [STRANGER]
    told = whole(out)
    assert (set(told), told[STRANGER]) == (set(niks), "ORANG BPJS")
    assert all(nik in text.read_text(encoding="utf-8-sig") for nik in niks)
    assert not any(nik in ran.out + ran.err for nik in niks)
    again = office("bpjs", "reconcile", path, "-o", out, "--force", *FULL, "--json")
    assert again.data["differences"] == masked["differences"]
    assert not any(nik in again.out for nik in niks)
    audited = office.rows(
        "SELECT subject, actor, reason, after FROM audit WHERE action = 'nik.file' ORDER BY seq"
    )
    assert [row[:3] for row in audited] == [("2025-08", "rina", "diminta BPJS")] * 2
    after = json.loads(audited[0][3])
    assert (after["report"], set(after["files"]), after["people"]) == (
        "reconcile", {"beda.xlsx", "beda.csv"}, 3,
    )  # fmt: skip
    assert after["files"]["beda.csv"] == hashlib.sha256(text.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "options",
    [
        ("--full-nik", "-o", "b.xlsx"),
        ("--full-nik", "--reason", "x"),
        ("--full-nik", "--reason", "x", "-o", "b.json"),
        ("--full-nik", "--reason", "x", "-o", "b.xlsx", "-o", "b.md"),
        ("--reason", "x", "-o", "b.xlsx"),
        ("--full-nik", "--reason", "x", "-o", "b.xlsx", "--dry-run"),
        ("--full-nik", "--reason", "x", "-o", "b.xlsx", "--adopt-cards"),
    ],
)
def test_whole_niks_need_a_reason_and_a_file(
    differing: tuple[Office, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    office, path = differing
    monkeypatch.chdir(tmp_path)
    ran = office("bpjs", "reconcile", path, *options)
    assert (ran.code, ran.error) == (2, "E002")
    assert "--full-nik" in ran.err
    assert not list(tmp_path.glob("b.*"))
    assert office.one("SELECT count(*) FROM v_audit WHERE action = 'nik.file'") == 0


def test_a_file_that_cannot_be_put_leaves_no_record(differing: tuple[Office, Path], tmp_path: Path) -> None:
    office, path = differing
    (tmp_path / "ada.xlsx").write_text("lain")
    ran = office("bpjs", "reconcile", path, "-o", tmp_path / "baru.xlsx", "-o", tmp_path / "ada.xlsx", *FULL)
    assert ran.error == "E502"
    assert not (tmp_path / "baru.xlsx").exists()
    assert office.one("SELECT count(*) FROM v_audit WHERE action = 'nik.file'") == 0


def test_a_nik_in_the_reason_is_not_kept(differing: tuple[Office, Path], tmp_path: Path) -> None:
    office, path = differing
    said = ("--full-nik", "--reason", f"tanya {STRANGER}")
    office.ok("bpjs", "reconcile", path, "-o", tmp_path / "b.xlsx", *said)
    assert office.rows("SELECT reason FROM audit WHERE action = 'nik.file'") == [("tanya 6474••••••••9999",)]

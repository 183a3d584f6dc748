"""Lists of the dead held against the register: found, reviewed, recorded, priced."""

import csv
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Office
from tests.support.keyboard import Keyboard

Write = Callable[..., Path]
HEADINGS = ("NO", "NIK", "NAMA", "TANGGAL LAHIR", "KELURAHAN", "TANGGAL MENINGGAL", "SEBAB")


@pytest.fixture
def registry(tmp_path: Path) -> Write:
    def write(
        *rows: tuple[str | int | None, ...], headings: tuple[str, ...] = HEADINGS, name: str = "dukcapil.xlsx"
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (("DAFTAR KEMATIAN TAHUN 2025",), headings, *rows):
            sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def who(office: Office, worker: int) -> tuple[str, str, str]:
    ((nik, name, born),) = office.rows("SELECT nik, name, birth_date FROM v_worker WHERE id = ?", worker)
    return nik, name, born


def matched(office: Office, file: Path, *options: object) -> Any:
    return office.ok("worker", "death", "--match", file, *options)


def died(office: Office) -> dict[int, str]:
    return dict(office.rows("SELECT id, died_on FROM worker WHERE died_on IS NOT NULL ORDER BY id"))


def state(office: Office) -> list[tuple[object, ...]]:
    return [
        *office.rows("SELECT id, status, died_on, death_reported_on, death_cause FROM worker ORDER BY id"),
        *office.rows("SELECT id, end_month, status FROM enrolment ORDER BY id"),
        *office.rows("SELECT count(*) FROM audit"),
    ]


def test_who_bears_nik_and_name_is_recorded_and_all_others_are_asked_about(
    covered: Office, registry: Write
) -> None:
    one, two, three, four = (who(covered, worker) for worker in (1, 2, 3, 4))
    file = registry(
        (1, *one, "Guntung", "10-07-2025", "sakit"),
        (2, f"{two[0][:-1]}9", two[1], two[2], "Guntung", "2025-06-01", "kecelakaan kerja"),
        (3, None, f"ALM. {three[1]}", three[2], "Guntung", "2025-05-01", None),
        (4, four[0], "SITI MARYAM", four[2], "Guntung", "2025-05-01", None),
        (5, "6474016505900001", "ORANG LAIN", "1990-05-25", "Guntung", "2025-05-01", None),
        (6, None, one[1], "1950-01-31", "Loktuan", "2025-05-02", None),
    )
    before = state(covered)
    tried = covered("worker", "death", "--match", file, "--dry-run", "--json")
    assert tried.code == 3
    assert state(covered) == before
    ran = covered("worker", "death", "--match", file, "--json")
    assert (ran.code, {**ran.data, "dry_run": True}) == (3, tried.data)
    data = ran.data
    assert (data["rows"], data["strangers"], data["families"], data["least"]) == (6, 2, 1, 42_000_000)
    assert data["states"] == {"recorded": 1, "known": 0, "doubtful": 3, "different": 0, "impossible": 0}
    by_row = {match["row"]: match for match in data["matches"]}
    assert (by_row[3]["worker"], by_row[3]["decision"], by_row[3]["kind"]) == ("P-000001", "same", "jkm")
    assert (by_row[4]["reasons"], by_row[4]["kind"], by_row[4]["least"]) == (
        "name_equal,birth_date,nik_serial_slip,kelurahan,nik_region", "jkk-death", 70_000_000,
    )  # fmt: skip
    assert by_row[5]["worker"] == "P-000003"
    assert by_row[6]["reasons"] == "nik,name_differs"
    assert died(covered) == {1: "2025-07-10"}
    assert one[0] not in ran.out
    assert state(covered)[-1] == (before[-1][0] + 1,)  # type: ignore[operator]
    again = matched(covered, file)
    assert again["states"] == {"recorded": 0, "known": 1, "doubtful": 3, "different": 0, "impossible": 0}
    assert state(covered)[-1] == (before[-1][0] + 1,)  # type: ignore[operator]


def decided(place: Path, said: dict[str, str]) -> Path:
    """Fill in the column of decisions of a workbook that was written, as somebody would in Excel."""
    book = openpyxl.load_workbook(place)
    sheet = book.worksheets[0]
    shown = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    head = next(at for at, row in enumerate(shown) if "Keputusan" in row)
    item, decision = shown[head].index("Butir"), shown[head].index("Keputusan")
    for at in range(head + 1, len(shown)):
        if answer := said.get(shown[at][item]):
            sheet.cell(at + 1, decision + 1, answer)
    book.save(place)
    return place


def test_the_table_that_was_written_comes_back_with_decisions(
    covered: Office, registry: Write, tmp_path: Path
) -> None:
    two, three, four = (who(covered, worker) for worker in (2, 3, 4))
    file = registry(
        (1, f"{two[0][:-1]}9", two[1], two[2], "Guntung", "2025-06-01", None),
        (2, None, three[1], three[2], "Guntung", "2025-05-01", None),
        (3, None, four[1], four[2], "Guntung", "2025-05-01", None),
    )
    place = tmp_path / "tinjau.xlsx"
    first = matched(covered, file, "-o", place)
    items = {match["worker"]: match["item"] for match in first["matches"]}
    assert first["states"]["doubtful"] == 3
    decided(place, {items["P-000002"]: "sama", items["P-000003"]: "beda"})
    ran = covered("worker", "death", "--match", file, "--decide", place, "--json")
    assert (ran.code, ran.data["states"]["recorded"], ran.data["states"]["different"]) == (3, 1, 1)
    assert died(covered) == {2: "2025-06-01"}
    rest = tmp_path / "rest.csv"
    rest.write_text(f"item;decision\n{items['P-000004']};same\n{items['P-000003']};different\n")
    done = covered("worker", "death", "--match", file, "--decide", rest, "--json")
    assert (done.code, done.data["states"]["recorded"], done.data["states"]["known"]) == (0, 1, 1)
    assert [family["worker"] for family in covered.ok("claim", "owed")["families"]] == [
        "P-000002",
        "P-000004",
    ]
    ((told,),) = covered.rows(
        "SELECT after FROM audit WHERE action = 'worker.death_match' ORDER BY seq DESC LIMIT 1"
    )
    assert '"P-000004"' in told
    assert covered.ok("audit", "verify")


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ("item;decision\n{item};mungkin", "E442"),
        ("item;decision\n{item};same\n{item};different", "E442"),
        ("item;decision\n{item};same\n{other};same", "E442"),
        ("item;decision\nM:00000000/1/3/P-000001;same", "E544"),
        ("item;decision\n{gone};same", "E441"),
        ("item;decision\nP:P-000001/P-000002;same", "E441"),
        ("butir;nama\n{item};same", "E443"),
    ],
)
def test_decisions_that_cannot_be_leave_everything_as_it_was(
    covered: Office, registry: Write, tmp_path: Path, lines: str, error: str
) -> None:
    _, name, born = who(covered, 1)
    covered.ok("worker", "set", "P-000002", "--name", name, "--birth-date", born, "--reason", "kembar")
    file = registry((1, None, name, born, "Guntung", "2025-06-01", None))
    one, other = (match["item"] for match in matched(covered, file)["matches"])
    place = tmp_path / "putusan.csv"
    place.write_text(lines.format(item=one, other=other, gone=f"{one[:-1]}9"))
    before = state(covered)
    assert covered("worker", "death", "--match", file, "--decide", place).error == error
    assert state(covered) == before
    place.write_text(f"item;decision\n{one};same\n{other};later\ncatatan;\n")
    done = matched(covered, file, "--decide", place)
    assert (done["states"]["recorded"], done["states"]["different"]) == (1, 1)


def test_a_burial_register_has_names_ages_and_places_and_no_nik(covered: Office, registry: Write) -> None:
    _, name, _ = who(covered, 1)
    covered.ok("worker", "set", "P-000001", "--rt", "5", "--rw", "2", "--reason", "kk")
    headings = ("NO", "NAMA ALMARHUM", "UMUR", "RT", "RW", "KELURAHAN", "TGL PEMAKAMAN", "BLOK")
    file = registry(
        (1, f"Alm. {name}", "54 tahun", 5, 2, "Guntung", "11-07-2025", "A1"),
        (2, f"Alm. {name}", "20 tahun", 9, 9, "Loktuan", "11-07-2025", "A1"),
        (3, "KASIM WWWX", 54, 1, 1, "Guntung", "11-07-2025", "A1"),
        ("JUMLAH", 3),
        (None, "Bontang, 1 Agustus 2025"),
        (None, "Kepala TPU"),
        headings=headings,
    )
    data = matched(covered, file)
    assert data["rows"] == 3
    [one] = data["matches"]
    assert (one["worker"], one["state"], one["died_on"], one["problem"]) == (
        "P-000001", "doubtful", "2025-07-11", "by_burial",
    )  # fmt: skip
    assert one["reasons"] == "name_equal,age,kelurahan,rt_rw"
    assert died(covered) == {}


def test_a_name_alone_is_asked_about_and_a_similar_one_is_not(covered: Office, registry: Write) -> None:
    _, name, _ = who(covered, 1)
    file = registry((name, "2025-06-01"), (f"{name}X", "2025-06-01"), headings=("NAMA", "TANGGAL MENINGGAL"))
    data = matched(covered, file)
    assert [(match["row"], match["worker"]) for match in data["matches"]] == [(3, "P-000001")]
    assert data["strangers"] == 1


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        ((1, "{nik15}", "{name}", "{born}", "Guntung", "2025-06-01", None), "nik_slip"),
        ((1, "{nik17}", "{name}", "{born}", "Guntung", "2025-06-01", None), "nik_slip"),
        ((1, "{swapped}", "{name}", None, "Guntung", "2025-06-01", None), "nik_slip"),
        ((1, None, "{name}", "{turned}", "Guntung", "2025-06-01", None), "birth_date_swapped"),
        ((1, None, "{name}", "{near}", "Guntung", "2025-06-01", None), "birth_date_near"),
    ],
)
def test_slips_of_the_pen_are_found(
    covered: Office, registry: Write, row: tuple[str | int | None, ...], reasons: str
) -> None:
    nik, name, born = who(covered, 2)
    known = {
        "name": name, "born": born, "nik15": nik[:7] + nik[8:], "nik17": nik[:4] + "1" + nik[4:],
        "swapped": nik[:9] + nik[10] + nik[9] + nik[11:], "turned": f"{born[:4]}-{born[8:]}-{born[5:7]}",
        "near": f"{born[:3]}9{born[4:]}",
    }  # fmt: skip
    covered.ok("worker", "set", "P-000002", "--rt", "1", "--rw", "1", "--reason", "kk")
    headings = (*HEADINGS, "RT", "RW")
    file = registry(
        (*(cell.format(**known) if isinstance(cell, str) else cell for cell in row), 1, 1), headings=headings
    )
    [one] = matched(covered, file)["matches"]
    assert one["worker"] == "P-000002"
    assert reasons in one["reasons"]
    assert one["state"] == "doubtful"


def test_who_moved_away_may_have_been_covered_all_the_same(covered: Office, registry: Write) -> None:
    covered.ok("cover", "end", "P-000001", "--month", "2025-07", "--reason", "moved")
    file = registry((1, *who(covered, 1), "Guntung", "2025-07-20", None))
    data = matched(covered, file)
    assert (data["states"]["recorded"], data["least"]) == (1, 42_000_000)
    assert covered.one("SELECT status FROM worker WHERE id = 1") == "deceased"


def test_who_died_before_the_first_paid_month_is_asked_about_and_was_paid_for(
    covered: Office, registry: Write, tmp_path: Path
) -> None:
    file = registry((1, *who(covered, 1), "Guntung", "2023-08-20", None))
    data = matched(covered, file)
    [one] = data["matches"]
    assert (one["state"], one["problem"], one["cover_reason"]) == (
        "doubtful", "change_contradictory", "before-first",
    )  # fmt: skip
    assert (one["months_after"], one["amount_after"], data["families"]) == (36, 604_800, 0)
    place = tmp_path / "putusan.csv"
    place.write_text(f"item,decision\n{one['item']},sama\n")
    assert matched(covered, file, "--decide", place)["paid_dead"] == 1
    assert died(covered) == {1: "2023-08-20"}
    assert covered.ok("claim", "owed")["paid_dead"][0]["amount_after"] == 604_800


@pytest.mark.parametrize(
    ("day", "problem"), [("2030-01-01", "E405"), (None, "change_date_missing"), ("2025-02-02", "E416")]
)
def test_what_cannot_be_is_named_with_the_reason(
    covered: Office, registry: Write, day: str | None, problem: str
) -> None:
    if problem == "E416":
        covered.ok("worker", "death", "P-000001", "--died", "2025-02-01")
    file = registry((1, *who(covered, 1), "Guntung", day, None))
    before = state(covered)
    ran = covered("worker", "death", "--match", file, "--json")
    assert (ran.code, ran.data["matches"][0]["problem"]) == (3, problem)
    assert (ran.data["matches"][0]["state"], state(covered)) == ("impossible", before)
    assert problem.startswith("change") or problem in covered("worker", "death", "--match", file).out


def test_a_claim_that_lives_is_named_and_its_family_is_not_owed_again(
    covered: Office, registry: Write
) -> None:
    covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-06-01")
    data = matched(covered, registry((1, *who(covered, 1), "Guntung", "2025-06-01", None)))
    assert (data["families"], data["matches"][0]["claim"]) == (0, "K-2025-0001")


def test_a_merged_record_an_old_nik_and_a_card_lead_to_the_person(covered: Office, registry: Write) -> None:
    gone, old, holder = (who(covered, worker) for worker in (2, 3, 4))
    covered.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    covered.ok("worker", "set", "P-000003", "--nik", f"{old[0][:-1]}8", "--reason", "KTP baru")
    covered.ok("worker", "set", "P-000004", "--kpj", "25000010221", "--reason", "kartu")
    headings = (*HEADINGS, "NO KPJ")
    file = registry(
        (1, *gone, "Guntung", "2025-06-01", None, None),
        (2, *old, "Guntung", "2025-06-02", None, None),
        (3, None, holder[1], None, None, "2025-06-03", None, "25000010221"),
        headings=headings,
    )
    assert matched(covered, file)["states"]["recorded"] == 3
    assert died(covered) == {1: "2025-06-01", 3: "2025-06-02", 4: "2025-06-03"}


def test_several_records_of_one_person_are_one_in_a_list_without_areas(
    covered: Office, registry: Write
) -> None:
    _, name, born = who(covered, 1)
    covered.ok("worker", "set", "P-000002", "--name", name, "--birth-date", born, "--reason", "kk")
    covered.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    file = registry((name, born, "2025-06-01"), headings=("NAMA", "TANGGAL LAHIR", "TANGGAL MENINGGAL"))
    assert [match["worker"] for match in matched(covered, file)["matches"]] == ["P-000001"]


def test_a_nik_of_one_and_a_card_of_another_is_nobody_for_certain(covered: Office, registry: Write) -> None:
    nik, name, born = who(covered, 1)
    covered.ok("worker", "set", "P-000004", "--kpj", "25000010221", "--name", name, "--reason", "kartu")
    file = registry(
        (1, nik, name, born, "Guntung", "2025-06-01", None, "25000010221"), headings=(*HEADINGS, "KPJ")
    )
    data = matched(covered, file)
    assert {match["worker"]: match["state"] for match in data["matches"]} == {
        "P-000001": "doubtful", "P-000004": "doubtful",
    }  # fmt: skip


def test_people_of_one_family_card_are_met(covered: Office, registry: Write) -> None:
    covered.ok("worker", "set", "P-000005", "--family-card", "6474010101010001", "--reason", "kk")
    _, name, born = who(covered, 5)
    file = registry(
        ("6474010101010001", name, born.replace("19", "18", 1), "Guntung", "2025-06-01"),
        ("6474010101010001", name, None, "Guntung", "2025-06-01"),
        headings=("NO KK", "NAMA", "TANGGAL LAHIR", "KELURAHAN", "TANGGAL MENINGGAL"),
    )
    data = matched(covered, file)
    assert {match["worker"] for match in data["matches"]} == {"P-000005"}
    assert all("family_card" in match["reasons"] for match in data["matches"])


@pytest.mark.parametrize(("answer", "code", "dead"), [("y\n", 3, {1: "2025-07-10"}), ("t\n", 1, {})])
def test_it_asks_at_the_keyboard_with_what_it_would_do(
    covered: Office,
    registry: Write,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    code: int,
    dead: dict[int, str],
) -> None:
    _, name, born = who(covered, 2)
    file = registry(
        (1, *who(covered, 1), "Guntung", "2025-07-10", None),
        (2, None, name, born, "Guntung", "2025-07-10", None),
    )
    monkeypatch.setattr("sys.stdin", Keyboard(answer))
    said = Keyboard()
    monkeypatch.setattr("sys.stderr", said)
    assert covered("worker", "death", "--match", file).code == code
    assert "Catat 1 kematian dari dukcapil.xlsx? 1 orang menunggu keputusan." in said.getvalue()
    assert died(covered) == dead


def test_a_list_is_one_thing_and_a_person_another(covered: Office, registry: Write, tmp_path: Path) -> None:
    file = registry((1, *who(covered, 1), "Guntung", "2025-07-10", None))
    for more in (
        ("P-000001", "--match", file),
        ("--match", file, "--from", file),
        ("--match", file, "--died", "2025-07-10"),
        ("--from", file, "--decide", file),
        ("P-000001", "--died", "2025-07-10", "--decide", file),
    ):
        assert covered("worker", "death", *more).error == "E002"
    assert covered("worker", "death", "--match", tmp_path / "tidak-ada.xlsx").error == "E201"


def test_the_screen_says_what_was_found_and_what_to_do(
    covered: Office, registry: Write, tmp_path: Path
) -> None:
    _, name, born = who(covered, 2)
    file = registry(
        (1, *who(covered, 1), "Guntung", "2025-07-10", None),
        (2, None, name, born, "Guntung", "2026-11-10", None),
    )
    ran = covered(
        "worker", "death", "--match", file, "--dry-run", "-o", tmp_path / "x.csv", today="2026-11-29"
    )
    assert "dukcapil.xlsx: 2 baris. Kematian dicatat: 1; sudah tercatat: 0; perlu diputuskan: 1;" in ran.out
    assert "Belum ada klaim bagi 1 keluarga yang berhak atas sekurangnya Rp42.000.000." in ran.out
    assert "Bulan sesudah meninggal dibayar untuk 1 orang" in ran.out
    assert "--decide BERKAS.xlsx" in ran.err
    with (tmp_path / "x.csv").open(encoding="utf-8-sig") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))
    assert [line["Keputusan"] for line in lines] == ["sama", ""]
    assert died(covered) == {}
    late = covered("worker", "death", "--match", file, today="2026-11-29")
    assert "Sebanyaknya" not in late.out
    assert "jcli claim owed" in late.err


def test_most_is_said_where_the_law_leaves_a_question(covered: Office, registry: Write) -> None:
    file = registry((1, *who(covered, 1), "Guntung", "2026-11-10", None))
    ran = covered("worker", "death", "--match", file, today="2026-11-29")
    assert "Sebanyaknya Rp42.000.000" in ran.out
    day = datetime.date(2026, 11, 10)
    assert died(covered) == {1: day.isoformat()}

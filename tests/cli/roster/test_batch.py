"""What is said of an import: what is solved, what is still open, and which command goes on."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, person
from tests.roster.handed_out.test_fix_file import corrected

HEADINGS = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN")


@pytest.fixture
def half(office: Office, roster: Callable[..., Path], tmp_path: Path) -> Office:
    """An office with an import of which one of three rejected rows was put right."""
    office.ok("import", roster([person(0), *((f"1{n}", *person(n)[1:]) for n in range(1, 4))]))
    office.ok("batch", "fix-file", "B-2025-001", "-o", tmp_path / "f.xlsx")
    office.ok("import", corrected(tmp_path / "f.xlsx", {3: person(1)[0], 4: "x", 5: "y"}))
    return office


def test_solved_rows_are_counted_beside_those_that_were_rejected(half: Office) -> None:
    data = half.ok("batch", "show", "B-2025-001")
    assert (data["outcomes"], data["solved"]) == (
        {"new": 1, "rejected": 3},
        {"review": 0, "rejected": 1},
    )
    shown = half("batch", "show", "B-2025-001")
    assert "rejected\t3\t1\n" in shown.out
    assert "jcli batch fix-file B-2025-001 -o perbaiki-B-2025-001.xlsx" in shown.err
    assert "2 baris" in shown.err
    listed = {one["batch"]: (one["rejected"], one["solved"]) for one in half.ok("batch", "list")}
    assert listed == {"B-2025-001": (3, 1), "B-2025-002": (2, 0)}
    assert half.ok("status")["counts"]["doubtful_rows"] == 2, "who came back wrong is one person"
    figures = half.ok("report", "quality")["figures"]
    assert figures["rejected_open"] == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", "Tidak ada lagi yang perlu diperbaiki"), ("en", "Nothing is left to put right")],
)
def test_a_batch_with_nothing_left_says_so(
    office: Office, roster: Callable[..., Path], language: str, said: str
) -> None:
    office.ok("import", roster([person(0)]))
    ran = office("--lang", language, "batch", "show", "B-2025-001")
    assert said in ran.out
    assert "remedy" not in ran.out
    assert ran.err == ""
    office.ok("batch", "undo", "B-2025-001")
    assert said not in office("--lang", language, "batch", "show", "B-2025-001").out


def test_an_undone_batch_asks_for_nothing(half: Office) -> None:
    half.ok("batch", "undo", "B-2025-001")
    half.ok("batch", "undo", "B-2025-002")
    assert half("batch", "show", "B-2025-001").err == ""
    assert half.ok("status")["counts"]["doubtful_rows"] == 0


@pytest.mark.parametrize(
    ("language", "meant", "row", "sheet"),
    [
        ("id", "mungkin Guntung?", "baris 3", "lembar 2, baris 2"),
        ("en", "perhaps Guntung?", "row 3", "sheet 2, row 2"),
    ],
)
def test_what_a_finding_points_at_is_said_in_words(language: str, meant: str, row: str, sheet: str) -> None:
    from jamsostek_cli import messages
    from jamsostek_cli.cli.roster.findings import pointed

    messages.use(language)
    said = [
        pointed(code, hint)
        for code, hint in (
            ("kelurahan_unknown", "Guntung"),
            ("nik_shared_by_two_people", "3"),
            ("nik_shared_by_two_people", "2/2"),
            ("possible_same_person", "P-000001"),
        )
    ]
    assert [one and one.words for one in said] == [meant, row, sheet, "P-000001"]
    assert pointed("nik_length", None) is None


def test_suggestions_and_both_rows_of_a_repeat_are_seen_everywhere(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    import openpyxl

    rows = [
        (*person(0)[:4], "Guntug", "NELAYAN"),
        person(1),
        person(1),
        ("12", *person(2)[1:4], "Tanjung Lautt", "NELAYAN"),
    ]
    office.ok("import", roster(rows))
    noted = office.ok("batch", "show", "B-2025-001", "--notes")["findings"]
    assert [(one["row"], one["code"], one["hint"], one["same_as_row"]) for one in noted] == [
        (2, "kelurahan_unknown", "Guntung", None),
        (4, "duplicate", "", 3),
    ]
    doubtful = office.ok("batch", "show", "B-2025-001")["doubtful"]
    assert [(one["row"], one["code"], one["hint"]) for one in doubtful] == [
        (5, "nik_length", ""),
        (5, "kelurahan_unknown", "Tanjung Laut"),
    ]
    path = tmp_path / "f.xlsx"
    office.ok("batch", "fix-file", "B-2025-001", "-o", path, "--notes")
    book = openpyxl.load_workbook(path)
    assert "mungkin Tanjung Laut?" in str(book["Sheet"]["H2"].value)
    notes = [[cell.value for cell in row] for row in book["Catatan jcli"].iter_rows(min_row=2)]
    assert [(note[1], note[4], note[8]) for note in notes] == [
        ("2", "Kelurahan tidak dikenal (mungkin Guntung?)", "Guntung"),
        ("4", "Mengulang baris lain", "Sheet · 3"),
    ]


def test_every_plan_is_named_in_a_command_that_can_be_pasted(
    office: Office, roster: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    names = ("-awal.xlsx", "Daftar Nelayan (rev 2).xlsx", "Jum'at.xlsx")
    for at, name in enumerate(names):
        roster([person(at)]).rename(folder / name)
    monkeypatch.chdir(folder)
    ran = office("import", "--dry-run", ".")
    commands = [line.partition(": ")[2] for line in ran.err.splitlines() if "--apply" in line]
    plans = [shlex.split(command)[-1] for command in commands]
    assert plans == ["./-awal.xlsx.plan.json", *(f"{name}.plan.json" for name in names[1:])]
    assert office(*shlex.split(commands[1])[1:]).code == 0


def test_the_hint_of_a_missing_database_names_the_database(
    jcli: Callable[..., object], roster: Callable[..., Path], tmp_path: Path
) -> None:
    ran = jcli("--db", tmp_path / "kota 1.db", "import", "--dry-run", roster([person(0)]))
    assert f"jcli --db '{tmp_path}/kota 1.db' init" in ran.err  # type: ignore[attr-defined]

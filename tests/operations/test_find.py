"""People are found by any words of theirs: in any order and spelling, the best first."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from jamsostek_cli.store.file.database import opened
from tests.conftest import Office, person
from tests.journeys.test_older_files import SAMPLES, unpacked, version_of

HEADINGS = (
    "NIK",
    "NAMA",
    "TGL LAHIR",
    "JK",
    "KELURAHAN",
    "PEKERJAAN",
    "NAMA IBU",
    "RT",
    "RW",
    "NO HP",
    "NO KK",
)
PEOPLE = (
    ("SITTI NURHALIZA", "P", "Guntung", "HALIMAH", "12", "03", "081234567890", "6474010101010001"),
    ("ST. NUR HALIZAH", "P", "Lok Tuan", "JUBAEDAH", "7", "", "085250001111", "6474010101010002"),
    ("MUHAMMAD SYAHRUL", "L", "Tanjung Laut", "SITI AISYAH", "12", "", "", ""),
    ("M. SAHRUL, S.Pd", "L", "Gunung Elai", "", "", "", "", ""),
    ("H. ABDUL RAHMAN", "L", "Api-api", "", "5", "", "", ""),
)


def row(number: int) -> tuple[object, ...]:
    name, sex, kelurahan, *rest = PEOPLE[number]
    nik, _, born, *_ = person(number, born=f"198{number}-03-04", sex=sex)
    return (nik, name, born, sex, kelurahan, "NELAYAN", *rest)


@pytest.fixture
def searched(office: Office, roster: Callable[..., Path]) -> Office:
    rows = [row(number) for number in range(len(PEOPLE))]
    office.ok("import", roster(rows, headings=HEADINGS), "--agency", "Dinas Perikanan")
    return office


def found(office: Office, words: str, *more: object) -> list[str]:
    return [one["name"] for one in office.ok("find", *words.split(), *more)["people"]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("siti nurhaliza", ["SITTI NURHALIZA", "ST. NUR HALIZAH"]),
        ("NURHALIZAH", ["SITTI NURHALIZA", "ST. NUR HALIZAH"]),
        ("nurhal", ["SITTI NURHALIZA"]),
        ("st halizah", ["ST. NUR HALIZAH", "SITTI NURHALIZA"]),
        ("guntung siti", ["SITTI NURHALIZA"]),
        ("rt 12", ["MUHAMMAD SYAHRUL", "SITTI NURHALIZA"]),
        ("rt12 siti guntung", ["SITTI NURHALIZA"]),
        ("RT.012/003", ["SITTI NURHALIZA"]),
        ("guntung 12", ["SITTI NURHALIZA"]),
        ("muhamad syahrul", ["MUHAMMAD SYAHRUL", "M. SAHRUL, S.PD"]),
        ("sahrul gn elai", ["M. SAHRUL, S.PD"]),
        ("syahrul loktuan", []),
        ("halizah loktuan", ["ST. NUR HALIZAH"]),
        ("rahman apiapi", ["H. ABDUL RAHMAN"]),
        ("abdul rahmna", ["H. ABDUL RAHMAN"]),
        ("abdul rahmaan", ["H. ABDUL RAHMAN"]),
        ("abdl rhman", ["H. ABDUL RAHMAN"]),
        ("pak h. abdul", []),
        ("aisyah", ["MUHAMMAD SYAHRUL"]),
        ("0812-3456-7890", ["SITTI NURHALIZA"]),
        ("+62 812 3456 7890", ["SITTI NURHALIZA"]),
        ("8123456", ["SITTI NURHALIZA"]),
        ("4567890", ["SITTI NURHALIZA"]),
        ("6474010101010002", ["ST. NUR HALIZAH"]),
        ("6474 0101 0101 0002", ["ST. NUR HALIZAH"]),
        ("siti 6474010101010002", ["ST. NUR HALIZAH"]),
        ("siti 8123", ["SITTI NURHALIZA"]),
        ("p-000005", ["H. ABDUL RAHMAN"]),
        ("perikanan tanjung laut", ["MUHAMMAD SYAHRUL"]),
        ("kel. kanaan", []),
        ("P-000099", []),
    ],
)
def test_words_find_whom_they_fit_the_best_first(searched: Office, words: str, names: list[str]) -> None:
    if names:
        assert found(searched, words) == names
    else:
        assert searched("find", words).error == "E521"


def test_a_claim_and_a_card_lead_to_their_person(covered: Office) -> None:
    day = ("--date", "2024-05-10", "--reported", "2024-05-11")
    number = covered.ok("claim", "add", "P-000004", "--kind", "jkm", *day)["number"]
    assert [one["worker"] for one in covered.ok("find", number.lower())["people"]] == ["P-000004"]
    covered.ok("worker", "set", "P-000002", "--kpj", "2401 2345 678", "--reason", "kartunya")
    assert [one["worker"] for one in covered.ok("worker", "find", "24012345678")["people"]] == ["P-000002"]
    assert covered.ok("find", number)["people"][0]["status"] == "deceased"


def test_nothing_to_look_for_and_nobody_found(searched: Office) -> None:
    assert searched("find", "...").error == "E520"
    ran = searched("find", "siti", "kanaan", "081234567890")
    assert (ran.code, ran.error) == (66, "E521")
    assert "SITI 3" in ran.err
    assert "•••7890 1" in ran.err
    assert "081234567890" not in ran.err
    assert "P-000001" in ran.err


def test_what_changed_is_found_and_what_was_is_not(searched: Office, roster: Callable[..., Path]) -> None:
    changed = (*row(4)[:4], "Kanaan", "NELAYAN", "SALMA", "9", "", "", "")
    searched.ok("import", roster([changed], "b.xlsx", headings=HEADINGS))
    assert found(searched, "rahman kanaan salma rt 9") == ["H. ABDUL RAHMAN"]
    assert searched("find", "rahman", "api-api").error == "E521"
    searched.ok("batch", "undo", "B-2025-002")
    assert found(searched, "rahman api-api") == ["H. ABDUL RAHMAN"]
    searched.ok("batch", "undo", "B-2025-001")
    assert searched("find", "rahman").error == "E521"


def test_who_comes_in_by_a_decision_is_found(searched: Office, roster: Callable[..., Path]) -> None:
    same = (row(4)[0], "ZAINAL BAKRI", *row(4)[2:])
    one, other = (row(3)[0][:-1] + "9", "LA ODE SAMSUDDIN"), (row(3)[0][:-1] + "9", "WA ODE RAHMI")  # type: ignore[index] # NIKs
    rows = [same, (*one, *row(3)[2:]), (*other, *row(3)[2:])]
    searched.ok("import", roster(rows, "b.xlsx", headings=HEADINGS))
    decided = searched.path.with_name("putusan.csv")
    decided.write_text(
        "item,decision\nR:B-2025-002/Sheet/3,same\nR:B-2025-002/Sheet/2,same\nR:B-2025-002/Sheet/4,different\n"
    )
    searched.ok("review", "--decide", decided)
    assert found(searched, "samsudin") == ["LA ODE SAMSUDDIN"]
    assert searched("find", "rahmi").error == "E521"


def test_a_merged_record_leads_to_its_person(searched: Office) -> None:
    searched.ok("worker", "merge", "P-000003", "P-000004", "--reason", "satu orang")
    (one,) = searched.ok("find", "sahrul gunung elai")["people"]
    assert (one["worker"], one["record"], one["name"]) == ("P-000003", "P-000004", "MUHAMMAD SYAHRUL")
    assert [one["record"] for one in searched.ok("find", "syahrul")["people"]] == [None]


def test_lists_mask_and_can_be_limited_and_written(searched: Office, tmp_path: Path) -> None:
    ran = searched("find", "siti", "--limit", 1)
    assert ran.out.startswith("1 orang dari 3") or ran.out.startswith("1 orang")
    assert "6474••••" in ran.out
    assert str(row(0)[0]) not in ran.out
    place = tmp_path / "daftar.json"
    searched.ok("find", "siti", "-o", place)
    written = json.loads(place.read_text())
    assert written["schema"] == "jcli.find/1"
    assert str(row(0)[0]) not in place.read_text()
    for ending in ("xlsx", "csv"):
        searched.ok("find", "siti", "-o", tmp_path / f"daftar.{ending}")
    assert "Orang yang ditemukan" in searched("find", "siti", "-o", tmp_path / "d.md").out + (
        tmp_path / "d.md"
    ).read_text(encoding="utf-8")


def test_an_older_file_finds_everybody_at_once(tmp_path: Path, jcli: object) -> None:
    before = next(sample for sample in reversed(SAMPLES) if version_of(sample) < 4)
    older = Office(unpacked(before, tmp_path), jcli)  # type: ignore[arg-type] # a run
    older.ok("db", "migrate")
    name, kelurahan = older.rows("SELECT name, kelurahan FROM v_worker WHERE id = 3")[0]
    names = found(older, f"{name} {kelurahan}")
    assert name in names
    assert older.one("SELECT count(*) FROM search_word") == 0
    older.ok("worker", "add", "--nik", person(1)[0], "--name", "LA ODE BARU")
    assert older.one("SELECT count(*) FROM search_word") > 0
    assert found(older, f"{name} {kelurahan}") == names
    assert found(older, "ode baru") == ["LA ODE BARU"]


def test_what_an_undone_import_gives_back_is_found_in_an_older_file(
    tmp_path: Path, jcli: object, roster: Callable[..., Path]
) -> None:
    before = next(sample for sample in reversed(SAMPLES) if version_of(sample) < 4)
    older = Office(unpacked(before, tmp_path), jcli)  # type: ignore[arg-type] # a run
    older.ok("db", "migrate")
    nik, name = older.rows("SELECT nik, name FROM v_worker WHERE id = 16")[0]
    older.ok("import", roster([(nik, name, "", "", "Kanaan", ""), person(1, name="LA ODE BARU")]))
    assert [one["worker"] for one in older.ok("find", *name.split(), "kanaan")["people"]] == ["P-000016"]
    kelurahan = older.rows("SELECT old FROM worker_change WHERE batch_id = (SELECT max(id) FROM batch)")
    older.ok("batch", "undo", older.one("SELECT max(number) FROM batch"))
    assert kelurahan
    back = older.one("SELECT kelurahan FROM v_worker WHERE id = 16")
    assert "P-000016" in [one["worker"] for one in older.ok("find", *name.split(), *back.split())["people"]]


def test_of_very_many_only_those_are_looked_at_who_fit_best(searched: Office) -> None:
    with closing(opened(searched.path, "rw")) as db:
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO worker (id, nik, name, birth_date, sex, batch_id, sheet, row)"
            " VALUES (?, ?, ?, '1990-01-01', 'L', 1, 0, 2)",
            ((100 + n, f"64740199{n:08d}", "SITI" if n == 450 else "SITI BUNGA") for n in range(500)),
        )
        db.execute("COMMIT")
    data = searched.ok("find", "siti", "--limit", 3)
    assert (data["total"], len(data["people"])) == (503, 3)
    assert len(searched.ok("find", "siti", "--limit", 400)["people"]) == 400
    assert found(searched, "siti 64740199000004")[:2] == ["SITI", "SITI BUNGA"]


@pytest.mark.parametrize("few", [0, 100])
def test_digits_beside_words_are_those_of_one_person(
    searched: Office, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("jamsostek_cli.operations.find._FEW", few)
    assert found(searched, "siti 0812345") == ["SITTI NURHALIZA"]
    assert searched("find", "rahman", "0812345").error == "E521"

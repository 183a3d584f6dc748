"""What is proposed where no heading is known: true, and right when it is carried out as written."""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Office

PEOPLE = (
    ("6474010806610001", "ARDI PUTRA", "08/06/1961", "SITI"),
    ("6474011511620002", "BASTIAN", "15/11/1962", "WATI"),
    ("6474012204630003", "CHAERUL", "22/04/1963", "SRI"),
)
BORN = [("1961-06-08",), ("1962-11-15",), ("1963-04-22",)]


def written(path: Path, headings: str, day: str = "2026-11-01") -> Path:
    """Write a list: the day of the form, NIK, name, birth date, mother."""
    lines = [f"{day};{nik};{name};{born};{mother}" for nik, name, born, mother in PEOPLE]
    path.write_text("\n".join([headings, *lines] if headings else lines), "utf-8")
    return path


def command(hint: str) -> list[str]:
    """Return the arguments of the command that a hint proposes."""
    found = re.search(r"jcli (import .*?) \(look", hint)
    assert found
    return shlex.split(found[1])


@pytest.mark.parametrize("name", ["r.csv", "data warga.csv", "lampiran 6474010806610001 (2).csv"])
@pytest.mark.parametrize("day", ["2026-11-01", "1961-06-08", "2026-11-01T08:00:00.000Z"])
@pytest.mark.parametrize(
    ("headings", "code"),
    [
        ("Tgl Isi;Kode Warga;Warga;Hari Jadi;Nama Ibu", "E206"),
        ("SubmissionDate;Q1 kode;Q2 warga;Q3 jadi;Q4", "E206"),
        ("Isi;Kode (a);Kode (b);Jadi;x", "E219"),
        ("Isi;Kode Warga;Warga;NIK Ayah;Nama Ayah", "E206"),
        ("", "E219"),
    ],
)
def test_a_proposal_carried_out_as_written_stores_the_right_birth_dates(
    office: Office, tmp_path: Path, name: str, day: str, headings: str, code: str
) -> None:
    path = written(tmp_path / name, headings, day)

    refused = office("--lang", "en", "import", path)
    assert (refused.error, refused.code) == (code, 65)
    assert ("no titles" in refused.err) is (code == "E219")
    assert "Tgl Isi" not in refused.err
    assert "SubmissionDate" not in refused.err

    assert office(*command(refused.err)).code in {0, 3}
    assert office.rows("SELECT birth_date FROM v_worker ORDER BY birth_date") == BORN
    assert office.one("SELECT count(*) FROM v_worker WHERE name LIKE 'SITI%'") == 0


def test_json_keeps_a_nik_in_a_path_hidden(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path / "6474010806610001.csv", "a;b;c;d;e")

    ran = office("import", path, "--json")

    assert "6474010806610001" not in ran.out
    assert "6474010806610001" in ran.err


def test_nothing_is_proposed_where_no_name_is_seen(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Kode;Isi\n6474010806610001;12\n6474011511620002;13\n", "utf-8")

    refused = office("--lang", "en", "import", path)

    assert refused.error == "E206"
    assert "--map 'NIK=No. Identitas'" in refused.err


@pytest.mark.parametrize("said", [
    ("NAMA=Warga A", "NAMA=Warga B"), ("NAMA=Warga A + Warga B",), ("Nama=warga a", "name=WARGA B"),
])  # fmt: skip
def test_two_headings_of_a_name_are_joined(office: Office, tmp_path: Path, said: tuple[str, ...]) -> None:
    path = tmp_path / "r.csv"
    path.write_text("NIK;Warga A;Warga B;Nama\n6474010806610001;ARDI;PUTRA;x\n", "utf-8")
    more = tmp_path / "s.csv"
    more.write_text("NIK;Warga A;Warga B;Nama\n6474011511620002;BASTIAN;JAYA;x\n", "utf-8")
    told = [part for one in said for part in ("--map", one)]

    assert office.ok("import", path, *told, "--agency", "Dinas A")["outcomes"]["new"] == 1
    assert office.ok("import", more, "--agency", "Dinas A")["outcomes"]["new"] == 1
    assert office.rows("SELECT name FROM v_worker ORDER BY name") == [("ARDI PUTRA",), ("BASTIAN JAYA",)]


def test_three_headings_of_a_name_and_a_heading_with_a_plus(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("NIK;A;B;C;D + E\n6474010806610001;ARDI;BIN;PUTRA;EKO SRI\n", "utf-8")
    told = ("--map", "NAMA=A", "--map", "NAMA=B", "--map", "NAMA=C")

    plan = office.ok("import", path, "--dry-run", *told)["plans"][0]
    assert office.ok("import", "--apply", plan)["outcomes"]["new"] == 1
    office.ok("batch", "undo", "B-2025-001", "--reason", "x", "--yes")
    assert office.ok("import", path, "--map", "NAMA=D + E")["outcomes"]["new"] == 1
    assert office.one("SELECT name FROM v_worker") == "EKO SRI"


@pytest.mark.parametrize("said", [
    ("NIK=A", "NIK=B"), ("KK=A", "NO KK=B"), ("NAMA=A", "NAMA=B", "NAMA=C", "NAMA=D"),
])  # fmt: skip
def test_another_field_is_not_named_twice(office: Office, tmp_path: Path, said: tuple[str, ...]) -> None:
    told = [part for one in said for part in ("--map", one)]

    ran = office("import", written(tmp_path / "r.csv", "A;B;C;D;E"), *told)

    assert (ran.error, ran.code) == ("E223", 2)


def test_the_same_heading_twice_is_one(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", "A;B;NAMA;D;E")

    assert office("import", path, "--map", "NIK=B", "--map", "nik=B").code == 0

"""The demonstrations end in the figures they promise."""

import re
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli.cli.demo import city, month
from jamsostek_cli.cli.demo.stage import Stage
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from tests.conftest import Run


def test_the_month_of_the_office_happens(jcli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    ran = jcli("demo", folder)
    assert ran.code == 0, ran.err
    lines = [*ran.out.splitlines(), *ran.err.splitlines()]
    assert len(lines) <= 60
    assert "cakupan-2025.xlsx" in lines[-2]
    assert "jcli --db" in lines[-1]
    commands = re.findall(r"^\$ jcli --actor \w+ (\w+)", ran.err, re.MULTILINE)
    assert {
        "init",
        "import",
        "enrol",
        "iuran",
        "claim",
        "cover",
        "verify",
        "pay",
        "workforce",
        "report",
        "status",
    } == set(commands)
    assert {path.name for path in folder.iterdir()} == {
        ".jcli-demo", "contoh.db", "contoh.db.tanda", "cakupan-2025.xlsx", "prakiraan-2025.xlsx",
        *(f"laporan-bulanan-2025-07.{kind}" for kind in ("docx", "html", "md", "pdf", "png", "txt", "xlsx")),
    }  # fmt: skip
    with Database(folder / "contoh.db").reading() as connection:
        assert connection.execute("SELECT sum(amount) FROM v_payment").fetchone() == (42_000_000,)
    before = figures_of(folder / "cakupan-2025.xlsx")
    again = jcli("demo", folder, "--quiet", "--lang", "id")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert figures_of(folder / "cakupan-2025.xlsx") == before


def figures_of(path: Path) -> list[list[object]]:
    """Return what a report says on its first sheet; the mark of its database stands elsewhere."""
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0]]


@pytest.mark.long
def test_the_month_is_told_at_length_to_whoever_asks_and_in_the_language_of_the_reader(
    jcli: Run, tmp_path: Path
) -> None:
    short = jcli("demo", tmp_path / "demo", "--lang", "en")
    assert (short.code, "Benefit: Rp42,000,000" in short.out, "1. Rosters in" in short.err) == (0, True, True)
    at_length = jcli("demo", tmp_path / "demo", "--verbose")
    assert at_length.code == 0
    assert len(at_length.out.splitlines()) > 3 * len(short.out.splitlines())
    assert "2 perintah serupa" in at_length.err


def test_somebody_elses_database_is_left_alone(jcli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "contoh.db").write_text("precious")
    assert jcli("demo", folder).error == "E107"
    assert (folder / "contoh.db").read_text() == "precious"
    assert jcli("demo", folder / "contoh.db" / "below").error == "E106"


def test_an_earlier_database_that_cannot_be_removed_is_named(jcli: Run, tmp_path: Path) -> None:
    (tmp_path / "demo" / "contoh.db").mkdir(parents=True)
    (tmp_path / "demo" / ".jcli-demo").touch()
    assert jcli("demo", tmp_path / "demo").error == "E106"


def test_the_demonstration_stops_where_a_command_fails(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month, "_batches", lambda _: ["B-1999-001"])
    assert jcli("demo", tmp_path / "demo").error == "E302"
    monkeypatch.setattr(month, "play", lambda stage: stage.run("rina", "2025-01-06", "db", "check"))
    assert jcli("demo", tmp_path / "other").error == "E101"
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        '[[case]]\nname = "x"\nsource = "y"\nkind = "jkm"\nevent_date = 2024-03-10\nexpect = { total = 1 }\n'
    )
    monkeypatch.setattr(
        month, "play", lambda stage: stage.run("rina", "2025-01-06", "provisions", "check", str(wrong))
    )
    assert jcli("demo", tmp_path / "third").error == "E002"
    monkeypatch.setattr(Stage, "_answer", lambda *_: 130)
    assert jcli("demo", tmp_path / "fourth").code == 130


def test_the_sample_data_stands_beside_an_installed_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "jamsostek_cli/cli").mkdir(parents=True)
    (tmp_path / "jamsostek_cli/sample_data").mkdir()
    monkeypatch.setattr(month, "__file__", str(tmp_path / "jamsostek_cli/cli/demo/month.py"))
    assert month.sample_data() == tmp_path / "jamsostek_cli/sample_data"


def test_another_city_has_registered_people_of_the_first(jcli: Run, tmp_path: Path) -> None:
    first, other = areas.chosen("64.74"), areas.chosen("Samarinda")
    numbers = [{str(row[1]) for row in city.people(area)} for area in (first, other)]
    assert [len(niks) for niks in numbers] == [city.PEOPLE] * 2
    assert len(numbers[0] & numbers[1]) == city.SHARED
    assert {row[-2] for row in city.people(other)} == {each.name for each in other.kelurahan}
    assert jcli("demo", tmp_path / "contoh", "--area", "64.72").error == "E002"


@pytest.mark.long
def test_the_made_up_city_ends_with_the_figures_of_the_article(jcli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "city"
    ran = jcli("demo", folder, "--city")
    assert ran.code == 0, ran.err
    assert f"enrolled_ever\t{city.PEOPLE}" in ran.out
    assert "claims\t107" in ran.out
    assert "claims_paid\t31" in ran.out
    assert "claims_open\t76" in ran.out
    assert "amount_paid\t1302000000" in ran.out
    book = openpyxl.load_workbook(folder / "cakupan-2024.xlsx")
    ucj = next(row[1].value for row in book["Ringkasan"].iter_rows(min_row=4) if "UCJ" in str(row[0].value))
    assert f"{ucj:.2%}" == "95.11%"

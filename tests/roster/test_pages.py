"""Rows that wait on disk come back as they were."""

import resource

import pytest

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import Facts, RosterRow
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells.nik import FromNik
from jamsostek_cli.roster.pages import PAGE, Bearer, Pages
from jamsostek_cli.roster.sheets.table import HeadedCells, HeadedTable

TABLES = [HeadedTable(at, ("NIK", "NAMA", "JUMLAH"), {"nik": 0, "name": 1}) for at in range(2)]


def rows(count: int) -> list[RosterRow]:
    """Return rows of two sheets; every hundredth has no NIK, every thousandth that of the first."""
    made = []
    for at in range(count):
        sheet = int(at >= count // 2)
        nik = None if at % 100 == 99 else f"{6474_0000_0000_0000 + (0 if at % 1000 == 500 else at)}"
        born = FromNik("1985-08-17") if at % 3 else "1985-08-17"
        sex = FromNik("L") if at % 2 else None
        facts = Facts(f"NAMA {at % 7}", birth_date=born, sex=sex)
        findings = [Finding("nik_length", "nik", f"A{at}", "x")] if at % 5 == 0 else []
        cells = HeadedCells(TABLES[sheet], [nik or "", facts.name, at * 1.5])
        made.append(RosterRow(sheet, at + 2, nik, facts, "Dinas" if at % 4 else None, findings, cells))
    return made


@pytest.mark.parametrize("held", [1, 100])
def test_rows_come_back_as_they_were(held: int) -> None:
    before = rows(3 * PAGE + 17)
    pages = Pages(before, held=held)

    after = list(pages)

    assert (len(pages), pages.last.place) == (len(before), before[-1].place)
    assert after == before
    assert [type(row.facts.birth_date) for row in after] == [type(row.facts.birth_date) for row in before]
    assert [type(row.facts.sex) for row in after] == [type(row.facts.sex) for row in before]
    assert {len(page) for page in pages.pages()} == {PAGE, 17}
    assert [row.raw and row.raw.of(["name"]) for row in after[:2]] == [{"NAMA": "NAMA 0"}, {"NAMA": "NAMA 1"}]
    assert [row for page in pages.drained() for row in page] == before
    assert (len(pages), list(Pages().drained())) == (len(before), [])


@pytest.mark.parametrize("held", [1, 100])
def test_the_rows_of_a_repeated_nik_are_found(held: int) -> None:
    before = rows(2 * PAGE + 17)
    found = Pages(before, held=held).repeated()

    first = str(before[0].nik)
    assert set(found) == {first}
    assert found[first] == [Bearer(row.place, row.facts.name) for row in before if row.nik == first]
    assert Pages(rows(90)).repeated() == {}


@pytest.mark.parametrize("room", [0, 1_000])
def test_a_full_disk_is_one_plain_error(room: int) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(JcliError) as refused:
            Pages(rows(PAGE + 1), held=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert refused.value.code == "E108"

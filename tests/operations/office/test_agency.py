"""What the people of an agency do: kept, and taken where nothing else is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HEADINGS, Office, person

YEAR = ("--from", "2025-01", "--payer", "apbd-kota", "--decree", "SK 1")
NAMELESS = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN")


@pytest.fixture
def sent(office: Office, roster: Callable[..., Path]) -> Office:
    """An office with a roster of the fishery and one of the transport department, three people each."""
    for name, numbers in (("Dinas Perikanan", range(3)), ("Dinas Perhubungan", range(3, 6))):
        office.ok("import", roster([person(n) for n in numbers], f"{name}.xlsx", HEADINGS), "--agency", name)
    return office


def test_a_roster_without_occupations_takes_that_of_its_agency(
    sent: Office, roster: Callable[..., Path]
) -> None:
    told = sent.ok("agency", "set", "dinas perhubungan", "--sector", "ojek", "--occupation", "tukang ojek")
    assert told["agency"] == "Dinas Perhubungan"
    plain = roster([person(10)[:5]], "lagi.xlsx", NAMELESS)
    sent.ok("import", plain, "--agency", "Dinas Perhubungan")
    other = roster([person(11)[:5]], "lain.xlsx", NAMELESS)
    sent.ok("import", other, "--agency", "Dinas Perhubungan", "--occupation", "sopir")
    said = sent.rows("SELECT occupation FROM v_worker WHERE id > 6 ORDER BY id")
    assert said == [("TUKANG OJEK",), ("SOPIR",)]
    forgotten = sent.ok("agency", "set", "Dinas Perhubungan", "--occupation", "-")
    assert (forgotten["sector"], forgotten["occupation"]) == ("transport", None)
    plain = roster([person(12)[:5]], "kosong.xlsx", NAMELESS)
    sent.ok("import", plain, "--agency", "Dinas Perhubungan")
    assert sent.one("SELECT occupation FROM v_worker ORDER BY id DESC LIMIT 1") is None


@pytest.mark.parametrize(
    ("more", "transport"), [((), 3), (("--sector", "other"), 0), (("--sector", "transport"), 6)]
)
def test_everybody_is_enrolled_in_the_sector_of_their_agency(
    sent: Office, more: tuple[str, ...], transport: int
) -> None:
    sent.ok("agency", "set", "Dinas Perhubungan", "--sector", "transport")
    sent.ok("enrol", "--everybody-not-enrolled", *YEAR, *more)
    assert sent.one("SELECT count(*) FROM v_enrolment WHERE sector = 'transport'") == transport
    assert sent.one("SELECT count(*) FROM v_enrolment") == 6


def test_the_list_and_what_is_refused(sent: Office, tmp_path: Path) -> None:
    sent.ok("agency", "set", "Dinas Perikanan", "--occupation", "nelayan")
    listed = sent.ok("agency", "list")
    assert [(one["agency"], one["workers"], one["occupation"]) for one in listed] == [
        ("Dinas Perhubungan", 3, None),
        ("Dinas Perikanan", 3, "NELAYAN"),
    ]
    assert sent("agency", "list", "-o", tmp_path / "opd.xlsx").code == 0
    unknown = sent("agency", "set", "Dinas Perikann", "--occupation", "nelayan")
    assert unknown.error == "E302"
    assert "Dinas Perikanan" in unknown.err
    assert sent("agency", "set", "Dinas Perikanan").code == 2
    assert sent("agency", "set", "Dinas Perikanan", "--occupation", "?").code == 2


def test_an_agency_with_a_trade_outlives_its_people(office: Office, roster: Callable[..., Path]) -> None:
    rows = [(*person(1)[:5], "Dinas Perikanan"), (*person(2)[:5], "Dinas Sosial")]
    office.ok("import", roster(rows, "opd.xlsx", (*NAMELESS, "OPD")))
    office.ok("agency", "set", "Dinas Perikanan", "--sector", "other")
    office.ok("batch", "undo", "B-2025-001")
    assert [one["agency"] for one in office.ok("agency", "list")] == ["Dinas Perikanan"]

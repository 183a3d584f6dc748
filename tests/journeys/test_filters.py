"""A filter that names nothing there is, is an error that says what there is, not an empty table."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import Office, once, person

TERMS = ("--from", "2025-08", "--months", 5, "--payer", "apbd-kota", "--decree", "SK 1")


@pytest.fixture
@once
def city(covered: Office, roster: Callable[..., Path]) -> Office:
    """An office with two departments, bills, a budget and a list of another payer."""
    covered.ok("import", roster([person(40)], "b.xlsx"), "--agency", "Dinas Perikanan")
    covered.ok("import", roster([person(41)], "c.xlsx"), "--agency", "Dinas Sosial")
    listed = roster([person(3, born="1973-03-04")[:2]], "d.xlsx", ("NIK", "NAMA"))
    covered.ok("import", listed, "--as", "covered-elsewhere", "--payer", "pt-badak")
    covered.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 1_000_000)
    return covered


@pytest.mark.parametrize(
    ("command", "error", "named"),
    [
        (("enrol", "--agency", "dinas perikann", *TERMS), "E302", "Dinas Perikanan"),
        (("enrol", "--agency", "xyz", *TERMS), "E302", "Dinas Perikanan, Dinas Sosial"),
        (("enrol", "--batch", "B-2025-0001", *TERMS), "E302", "B-2025-001"),
        (("bpjs", "submit", "--dry-run", "--batch", "B-2025-0001"), "E302", "B-2025-001"),
        (("review", "B-2023-0001"), "E302", "B-2023-001"),
        (("batch", "show", "zzz"), "E302", "jcli batch list"),
        (("cover", "list", "--payer", "apbd-kta"), "E310", "CSR"),
        (("cover", "list", "--payer", "pt-badk"), "E310", "pt-badak"),
        (
            ("cover", "end", "P-000001", "--month", "2025-08", "--reason", "other", "--payer", "abpd"),
            "E310",
            "CSR",
        ),
        (("claim", "list", "--worker", "P-000099"), "E401", "P-000099"),
        (("iuran", "list", "--year", 2031), "E302", "2023 … 2026"),
        (("iuran", "budget", "list", "--year", 2031), "E302", "2025"),
        (("help", "errors", "E3022"), "E302", "E302"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_names_nothing_is_an_error_that_says_what_there_is(
    city: Office, command: Sequence[object], error: str, named: str, language: str
) -> None:
    ran = city("--lang", language, *command)
    assert (ran.error, ran.out) == (error, "")
    assert ran.code in {2, 66}
    assert named in ran.err


def test_what_is_there_is_found_however_it_is_typed(city: Office) -> None:
    for payer in ("PT-BADAK", "pt-badak"):
        people = city.ok("cover", "list", "--payer", payer)["people"]
        assert [one["worker"] for one in people] == ["P-000004"]
    assert city.ok("cover", "list", "--payer", "csr")["people"] == [], "a payer who covers nobody yet"
    assert len(city.ok("iuran", "list", "--year", 2024)) == 12
    assert len(city.ok("iuran", "budget", "list", "--year", 2025)) == 1


def test_where_there_is_nothing_at_all_a_list_is_empty(office: Office) -> None:
    assert office.ok("iuran", "list", "--year", 2025) == []
    assert office.ok("iuran", "budget", "list", "--year", 2025) == []
    assert "lihat yang ada: -" in office("enrol", "--agency", "Dinas A", *TERMS).err

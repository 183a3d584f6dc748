"""What an office asks of whoever it enrols, besides the law."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HEADINGS, Office, person

TERMS = ("enrol", "--batch", "B-2025-001", "--from", "2025-09", "--payer", "apbd-kota", "--decree", "SK 1")
RESIDENCE = ("db", "setting", "eligible_residence")
OCCUPATION = ("db", "setting", "eligible_occupation")


@pytest.fixture
def town(office: Office, roster: Callable[..., Path]) -> Office:
    """An office that knows a fisherman, a civil servant, one of another city, and one without work."""
    works = ["NELAYAN", "Pegawai Negeri Sipil (PNS)", "NELAYAN", None]
    rows = [
        (
            *person(n)[:4],
            "Sungai Pinang Dalam" if n == 2 else "Guntung",
            work,
            "JL. MAWAR 3" if n == 2 else None,
        )
        for n, work in enumerate(works)
    ]
    office.ok("import", roster(rows, headings=(*HEADINGS, "ALAMAT")))
    return office


def refused(office: Office, *more: object) -> dict[str, tuple[str, str, str]]:
    """Return who would be refused now: rule, detail and source by worker."""
    listed = office.ok(*TERMS, "--dry-run", *more)["refused"]
    return {one["worker"]: (one["rule"], one["detail"], one["source"]) for one in listed}


def test_an_office_that_asks_nothing_enrols_everybody(town: Office) -> None:
    assert refused(town) == {}
    town.ok(*RESIDENCE, "ya", "--reason", "uji")
    town.ok(*RESIDENCE, "tidak", "--reason", "batal")
    assert town.ok(*TERMS)["heads"] == 4


def test_whoever_lives_outside_the_area_is_refused_with_what_the_roster_said(town: Office) -> None:
    town.ok(*RESIDENCE, "ya", "--reason", "Perwali 7/2025 Pasal 3")
    noted = "kelurahan_unknown batch=B-2025-001 row=4"
    assert refused(town) == {"P-000003": ("not-resident", noted, "Perwali 7/2025 Pasal 3")}
    told = town("--lang", "en", "enrol", "--worker", "P-000003", *TERMS[3:])
    assert told.error == "E305"
    assert "P-000003 FAISAL AAA: B-2025-001 row 4: Unknown kelurahan; JL. MAWAR 3" in told.err
    assert "jcli worker set" in town(*TERMS, "--dry-run").err, "how to put it right is said"
    town.ok("worker", "set", "P-000003", "--kelurahan", "Guntung", "--reason", "KTP dilihat")
    assert town.ok(*TERMS)["heads"] == 4


def test_where_no_roster_noted_a_kelurahan_the_address_is_what_is_known(
    office: Office, roster: Callable[..., Path]
) -> None:
    headings = ("NIK", "NAMA", "TGL LAHIR", "JK")
    office.ok("import", roster([person(1)[:4]], headings=headings))
    office.ok(*RESIDENCE, "ya", "--reason", "Perwali")
    told = office("--lang", "en", *TERMS)
    assert told.error == "E305"
    assert "P-000001 DARWIS AAA: no address recorded" in told.err


def test_whoever_has_an_employer_or_no_known_work_is_refused(town: Office) -> None:
    town.ok(*OCCUPATION, "ya", "--reason", "Perwali 7/2025 Pasal 4")
    law = "PP 44/2015; PP 70/2015; PP 102/2015"
    assert refused(town) == {
        "P-000002": ("occupation-not-eligible", "PEGAWAI NEGERI SIPIL (PNS)", law),
        "P-000004": ("occupation-missing", "", "Perwali 7/2025 Pasal 4"),
    }
    ran = town("--lang", "en", "enrol", "--worker", "P-000002", "--worker", "P-000004", *TERMS[3:])
    assert "occupation: PEGAWAI NEGERI SIPIL (PNS)" in ran.err
    assert "occupation unknown 1 (P-000004 HAMZAH AAA: no roster says one)" in ran.err
    assert "jcli db setting" in ran.err
    assert town.ok(*TERMS)["heads"] == 2


def test_an_office_names_the_occupations_it_enrols(town: Office) -> None:
    town.ok(*OCCUPATION, "ojek, pegawai negeri", "--reason", "SK 9")
    assert {worker: (rule, source) for worker, (rule, _, source) in refused(town).items()} == {
        "P-000001": ("occupation-not-eligible", "SK 9"),
        "P-000003": ("occupation-not-eligible", "SK 9"),
        "P-000004": ("occupation-missing", "SK 9"),
    }


def test_a_death_and_the_age_are_named_before_what_the_office_asks(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(1), person(2, born="1950-01-02"), person(3)]))
    office.ok(*OCCUPATION, "ojek", "--reason", "SK 9")
    office.ok("worker", "death", "P-000001", "--died", "2025-02-03")
    told = office("--lang", "en", *TERMS)
    assert told.error == "E305"
    for said in ("deceased 1 (P-000001", "maximum age 1 (P-000002", "occupation not eligible 1 (P-000003"):
        assert said in told.err

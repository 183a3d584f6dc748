"""Sample files beside the repository, each imported by the program itself, and compared with what is true."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from tests.conftest import SHARED, Office

FOLDERS: Final = (SHARED / "rosters", SHARED / "lists")
SAMPLES: Final = sorted(path for folder in FOLDERS for path in folder.glob("*.expected.json"))
ODD: Final = SHARED / "bugs"
REFUSED: Final = {"empty": "E207", "no_roster": "E206", "needs_mapping": "E206", "refused_too_large": "E210"}
OUTCOMES: Final = {"accept": "new", "reject": "rejected", "duplicate": "duplicate", "conflict": "review"}
KNOWN_AS: Final = {"dob": "birth_date", "sex": "sex", "kelurahan": "kelurahan_code", "ibu": "mother_name"}
ALWAYS: Final = ("nik", "name", "birth_place", "phone", "address", "family_card")
STORED: Final = (*ALWAYS, *KNOWN_AS.values(), "rt", "rw", "occupation")
TODAY: Final = "2026-11-28"

beside = pytest.mark.skipif(not SAMPLES, reason=f"the sample workbooks are not there: {FOLDERS[0]}")
odd = pytest.mark.skipif(not ODD.is_dir(), reason=f"the odd files are not there: {ODD}")


def stored(office: Office, batch: str = "B-2026-001") -> dict[tuple[str, int], dict[str, Any]]:
    """Return the rows of a batch by sheet and row: outcome, codes, and what is stored of the person."""
    facts = ", ".join(f"worker.{name}" for name in STORED)
    query = (
        f"SELECT row.sheet, row.row, row.outcome, row.codes, row.same_as_row, {facts} "
        "FROM v_roster_row AS row LEFT JOIN v_worker AS worker ON worker.id = row.worker_id "
        "WHERE row.batch = ?"
    )
    names = ("outcome", "codes", "same_as_row", *STORED)
    found = {
        (sheet, row): dict(zip(names, rest, strict=True)) for sheet, row, *rest in office.rows(query, batch)
    }
    return {at: {**row, "codes": set(json.loads(row["codes"]))} for at, row in found.items()}


@beside
@pytest.mark.parametrize("expected", SAMPLES or FOLDERS[:1], ids=lambda path: path.name.partition(".")[0])
def test_a_sample_is_stored_as_its_truth_says(expected: Path, office: Office) -> None:
    truth = json.loads(expected.read_text("utf-8"))
    ran = office("import", expected.with_name(truth["file"]), "--json", today=truth["as_of"])

    if truth["file_outcome"] in REFUSED:
        assert (ran.code, ran.error) == (65, REFUSED[truth["file_outcome"]])
        return
    rows = stored(office)
    sheets = ran.data["files"][0]["sheets"]
    waiting = {"reject", "conflict"}.intersection(row["outcome"] for row in truth["rows"])
    assert ran.code == (3 if waiting else 0)
    assert [sheet["name"] for sheet in sheets if sheet["read"]] == truth["sheets"]
    assert all(sheet["lines"] == sheet["rows"] + sum(sheet["left_out"].values()) for sheet in sheets)
    assert set(rows) == {(row["sheet"], row["row"]) for row in truth["rows"]}
    compared = [*ALWAYS, *(KNOWN_AS[column] for column in truth["columns"] if column in KNOWN_AS)]
    wrong = [
        (row["sheet"], row["row"], said)
        for row in truth["rows"]
        if (said := differences(row, rows[row["sheet"], row["row"]], compared))
    ]
    assert wrong == []


def differences(row: dict[str, Any], found: dict[str, Any], compared: Sequence[str]) -> dict[str, Any]:
    """Return what of a row is not stored as it should be."""
    wrong: dict[str, Any] = {}
    if found["outcome"] != OUTCOMES[row["outcome"]]:
        wrong["outcome"] = found["outcome"]
    reasons, flags = set(row.get("reasons", ())), set(row.get("flags", ()))
    if (reasons and not reasons & found["codes"]) or not flags <= found["codes"]:
        wrong["codes"] = found["codes"]
    if row.get("same_as_row") != found["same_as_row"]:
        wrong["same_as_row"] = found["same_as_row"]
    if row["outcome"] == "accept":
        facts = {**row["canonical"], "name": row["canonical"]["name"].upper()}
        wrong |= {name: found[name] for name in compared if name in facts and found[name] != facts[name]}
    return wrong


BORN: Final = ("1961-06-08", "1962-11-15", "1963-04-22")
LATER: Final = ("1961-06-09", "1962-11-16", "1963-04-23")
NAMES: Final = ("ARDI", "BASTIAN", "CHAERUL")
READ: Final[dict[str, list[dict[str, Any]]]] = {
    "A1_utc_text.csv": [{"birth_date": born, "no": {"dob_mismatch_nik"}} for born in BORN],
    "A2_utc_cells.xlsx": [{"birth_date": born, "no": {"dob_mismatch_nik"}} for born in BORN],
    "B1_date_texts.csv": [
        {"birth_date": born, "yes": {"dob_mismatch_nik"}, "no": {"dob_unreadable"}} for born in LATER
    ],
    "C1_rtrw_became_date.xlsx": [
        {"rt": None, "rw": None, "yes": {"cell_changed_by_program"}},
        {"rt": "005", "rw": "002", "codes": set()},
        {"rt": None, "rw": None, "yes": {"cell_changed_by_program"}},
    ],
    "D1_en_dash.csv": [
        {"phone": f"+628125550110{at}", "yes": {"nik_reformatted"}, "outcome": "new"} for at in (1, 2)
    ],
    "F1_comma_in_name_and_address.csv": [
        {"name": "ARDI", "address": "JL TERI", "phone": "+6281255502001"},
        {"name": "BASTIAN, S.PD", "address": "JL TERI", "phone": "+6281255502002", "occupation": "NELAYAN"},
        {"name": "CHAERUL", "address": "JL TERI, GG 2", "phone": "+6281255502003", "occupation": "NELAYAN"},
        {"name": "DARMAN", "address": "JL TERI", "phone": "+6281255502004"},
    ],
    "G1_one_cp1252_line.csv": [{"name": name} for name in ("NUR’AINI", "JOSÉ", "MA’RUF", "DARMAN")],
    "H1_hidden_sort_span.xls": [
        {"name": name, "birth_date": born, "codes": set()} for name, born in zip(NAMES, BORN, strict=True)
    ],
    "I1_flat_opendocument.fods": [{"outcome": "new"}] * 2,
    "M4_status_column.csv": [{"yes": {"perhaps_deceased"}, "outcome": "review"}, {"codes": set()}],
    "O1_impossible_dates.csv": [
        {"birth_date": "1985-08-17", "yes": {code}}
        for code in ("dob_impossible", "dob_proven_by_nik", "dob_impossible")
    ],
    "P1_odk_group_headings.csv": [
        {"name": name, "birth_date": born} for name, born in zip(NAMES, BORN, strict=True)
    ],
    "P2_first_and_last_name.csv": [{"name": f"{name} SAPUTRA", "outcome": "new"} for name in NAMES],
    "R1_entities_in_names.csv": [{"name": name} for name in ("NUR'AIDAH", "MA&RUF", "CHAERUL")],
    "V1_line_in_quotes.csv": [{"outcome": "new", "occupation": "NELAYAN"}] * 2,
}


@odd
@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read_as_a_person_reads_it(name: str, office: Office) -> None:
    ran = office("import", ODD / name, "--json", today=TODAY)

    rows = list(stored(office).values())
    assert ran.code == (3 if any(row["outcome"] in {"review", "rejected"} for row in rows) else 0)
    assert len(rows) == len(READ[name])
    for found, wanted in zip(rows, READ[name], strict=True):
        assert found["codes"].issuperset(wanted.get("yes", ()))
        assert found["codes"].isdisjoint(wanted.get("no", ()))
        assert {key: found[key] for key in wanted if key not in {"yes", "no"}} == {
            key: value for key, value in wanted.items() if key not in {"yes", "no"}
        }


@odd
def test_a_stray_quote_swallows_nobody(office: Office) -> None:
    office("import", ODD / "E1_quote_opened_in_address.csv", today=TODAY)

    rows = stored(office)
    assert [row for _, row in rows] == list(range(2, 10))
    others = [row for (_, at), row in rows.items() if at != 4]
    assert [row["outcome"] for row in others] == ["new"] * 7
    assert {row["address"] for row in others} == {"JL PARI"}
    assert not any(char.isdigit() for row in rows.values() for char in str(row["name"]))


@odd
def test_who_is_said_to_be_dead_waits_for_a_person(office: Office) -> None:
    office("import", ODD / "base20.csv", today="2025-01-20")
    office("import", ODD / "M1_late_in_name.csv", today="2025-01-20")

    first, second, third, fourth, known = stored(office, "B-2025-002").values()
    for row in (first, second, known):
        assert (row["outcome"], row["codes"] >= {"perhaps_deceased"}) == ("review", True)
    assert (third["codes"], fourth["codes"]) == (set(), set())
    assert office.one("SELECT status FROM v_worker WHERE number = 'P-000001'") == "active"


@odd
@pytest.mark.parametrize("name", ["N1_tidak_ada.csv", "N2_null.csv"])
def test_a_word_for_nothing_replaces_nothing(name: str, office: Office) -> None:
    office("import", ODD / "N0_first.csv", today=TODAY)
    office("import", ODD / name, today=TODAY)

    (row,) = stored(office, "B-2026-002").values()
    assert row["outcome"] == "unchanged"
    facts = office.rows("SELECT address, mother_name, occupation, birth_place, agency FROM v_worker")
    assert facts == [("JL CUMI 3", "HALIMAH", "NELAYAN", "BONTANG", "Dinas Perikanan")]

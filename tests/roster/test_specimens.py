"""Every finding has a specimen that brings it out, and nothing else: the help page is tested."""

from pathlib import Path

import pytest

from jamsostek_cli import messages
from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.finding import Severity
from jamsostek_cli.domain.worker import Facts, KnownWorker, RowOutcome, WorkerStatus
from jamsostek_cli.roster.findings import FINDINGS, OF_CHANGES
from jamsostek_cli.roster.people import matching
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.roster.specimens import SPECIMENS, Specimen
from tests.conftest import Office
from tests.support.judging import match
from tests.support.workbooks import read_file, xlsx

BESIDE = {"identity_not_nik": {"nik_not_numeric"}}
"""What a specimen cannot help bringing out as well."""

OUTCOMES = {Severity.REJECT: RowOutcome.REJECTED, Severity.REVIEW: RowOutcome.REVIEW}


def test_every_finding_has_a_specimen() -> None:
    assert sorted(set(FINDINGS) - set(SPECIMENS)) == [], "findings without a specimen"
    assert sorted(set(SPECIMENS) - set(FINDINGS)) == [], "specimens of no finding"


OF_ROSTERS = {code: specimen for code, specimen in SPECIMENS.items() if code not in OF_CHANGES}


@pytest.mark.parametrize(("code", "specimen"), OF_ROSTERS.items(), ids=list(OF_ROSTERS))
def test_a_specimen_brings_out_its_finding_and_no_other(
    code: str, specimen: Specimen, tmp_path: Path, area: Area
) -> None:
    rows = [specimen.headings, *(tuple(row.values()) for row in specimen.rows)]
    if specimen.as_text:
        path = tmp_path / f"{code}.csv"
        path.write_text("\n".join(";".join(map(str, row)).rstrip(";") for row in rows), "utf-8")
    else:
        path = xlsx(tmp_path / f"{code}.xlsx", {"Data": rows}, hidden_rows=specimen.hidden)
    roster = read_file(path, area, hints=Hints(occupation=specimen.occupation))
    known = {}
    if specimen.register:
        first = specimen.rows[0]
        facts = Facts(str(first["NAMA"]))
        known[str(first["NIK"])] = KnownWorker(
            12,
            str(first["NIK"]),
            specimen.register,
            facts,
            merged_into=13 if specimen.register is WorkerStatus.MERGED else None,
        )

    rows_read = list(roster.rows)
    if specimen.old:
        former = known.pop(str(specimen.rows[0]["NIK"]))._replace(facts=rows_read[0].facts)
        known = {"6474011708857099": former._replace(nik="6474011708857099")}
        matching.corrected(rows_read, {former.nik: known["6474011708857099"]})

    matched = match(rows_read, known).rows

    assert len(matched) == len(specimen.rows)
    for one in matched:
        assert {finding.code for finding in one.row.findings} == {code} | BESIDE.get(code, set())
        if wanted := OUTCOMES.get(FINDINGS[code].severity):
            assert one.outcome is wanted
        else:
            assert one.outcome in {RowOutcome.NEW, RowOutcome.UNCHANGED}


@pytest.mark.parametrize("code", sorted(OF_CHANGES))
def test_a_specimen_of_a_list_of_changes_keeps_its_row_from_being_carried_out(
    covered: Office, code: str, tmp_path: Path
) -> None:
    specimen = SPECIMENS[code]
    ((nik, name),) = covered.rows("SELECT nik, name FROM v_worker WHERE id = 1")
    (row,) = specimen.rows
    if specimen.register:
        row = {**row, "NIK": nik, "NAMA": row["NAMA"] if specimen.at == "NAMA" else name}
    path = xlsx(tmp_path / f"{code}.xlsx", {"Data": [specimen.headings, tuple(row.values())]})
    ran = covered("import", path, "--as", "changes", "--json")
    assert ran.code == 3, ran.err
    assert covered.rows("SELECT outcome, codes FROM v_roster_row WHERE batch = ?", ran.data["batch"]) == [
        ("rejected", f'["{code}"]')
    ]


@pytest.mark.parametrize(("code", "specimen"), SPECIMENS.items(), ids=list(SPECIMENS))
def test_a_specimen_can_be_read_on_the_help_page(code: str, specimen: Specimen) -> None:
    assert specimen.at in specimen.headings
    assert all(tuple(row) == specimen.headings for row in specimen.rows)
    said = specimen.why()
    messages.use("en")
    assert said.endswith(".")
    assert specimen.why().endswith(".")
    assert specimen.why() != said
    assert specimen.shown().startswith(f"{specimen.at}: ")
    assert len(specimen.shown()) < 80


def test_the_help_page_shows_the_specimens(office: Office) -> None:
    listed = {row["code"]: row["specimen"] for row in office.ok("help", "findings")}
    assert list(listed) == list(FINDINGS)
    assert listed["nik_length"] == "NIK: 647401170885700"
    assert listed["nik_missing"] == 'NIK: ""'
    assert "…" in listed["text_cut"]
    english = office("--lang", "en", "help", "findings", "NIK_LENGTH")
    assert "NIK: 647401170885700" in english.out
    assert "Only 15 digits." in english.err
    assert "2\tNAMA\tRUDI HARTONO" in english.out
    assert "nik_masked" not in english.out
    assert [row["code"] for row in office.ok("help", "findings", "nik_masked")] == ["nik_masked"]
    assert [row["code"] for row in office.ok("help", "errors", "E302")] == ["E302"]
    assert [row["exit"] for row in office.ok("help", "exit-codes", "3")] == [3]
    assert office("help", "findings", "colour").error == "E302"

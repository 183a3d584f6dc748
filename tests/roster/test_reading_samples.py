"""Sample workbooks with their truth beside them, row by row."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.worker import MatchedRow
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.findings import FINDINGS
from tests.conftest import SHARED
from tests.support.judging import match
from tests.support.workbooks import read_file

FOLDER = SHARED / "rosters"
SAMPLES = sorted(FOLDER.glob("*.expected.json"))
OUTCOMES = {"accept": "new", "reject": "rejected", "duplicate": "duplicate", "conflict": "review"}
FIELDS = {"dob": ["birth_date"], "sex": ["sex"], "kelurahan": ["kelurahan_code"], "ibu": ["mother_name"]}
REFUSED = {"empty": "E207", "no_roster": "E206", "needs_mapping": "E206", "refused_too_large": "E210"}

pytestmark = pytest.mark.skipif(not SAMPLES, reason=f"the sample workbooks are not there: {FOLDER}")


@pytest.mark.parametrize("expected", SAMPLES or [FOLDER], ids=lambda path: path.name.partition(".")[0])
def test_a_sample_reads_as_its_truth_says(expected: Path, area: Area) -> None:
    truth = json.loads(expected.read_text("utf-8"))
    workbook = expected.with_name(expected.name.removesuffix(".expected.json"))
    today = datetime.date.fromisoformat(truth["as_of"])
    if truth["file_outcome"] in REFUSED:
        with pytest.raises(JcliError) as refused:
            read_file(workbook, area, today)
        assert refused.value.code == REFUSED[truth["file_outcome"]]
        return

    roster = read_file(workbook, area, today)
    matched = match(roster.rows).rows
    sheets = [sheet.name for sheet in roster.sheets]
    found = {(sheets[one.row.sheet], one.row.row): one for one in matched}

    assert [sheet.name for sheet in roster.sheets if sheet.read] == truth["sheets"]
    assert set(found) == {(row["sheet"], row["row"]) for row in truth["rows"]}
    for row in truth["rows"]:
        compare(row, found[row["sheet"], row["row"]], truth["columns"])


def compare(row: dict[str, Any], found: MatchedRow, columns: list[str]) -> None:
    where = f"row {row['row']}"
    codes = {finding.code for finding in found.row.findings}
    assert codes <= set(FINDINGS), where
    assert found.outcome == OUTCOMES[row["outcome"]], where
    assert not row.get("reasons") or codes.intersection(row["reasons"]), where
    assert codes.issuperset(row.get("flags", ())), where
    if "same_as_row" in row:
        assert found.same_as is not None, where
        assert found.same_as.row == row["same_as_row"], where
    canonical = row.get("canonical")
    if canonical is None or row["outcome"] == "duplicate":
        return
    compared = [field for column in columns for field in FIELDS.get(column, [])]
    compared += [field for field in ("birth_place",) if field in canonical]
    assert found.row.nik == canonical["nik"], where
    for field in ("name", *compared):
        assert getattr(found.row.facts, field) == canonical[field], (where, field)

"""Hundreds of layouts drawn by seed, each read back: nobody is lost, and no cell is wrong."""

from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.domain.area import Area
from jamsostek_cli.roster.sheet_report import LeftOut
from tests.conftest import Office
from tests.support.grids import write
from tests.support.layouts import Layout, layout, lines
from tests.support.workbooks import read_file

SEEDS = 300
BATCH = 25
THROUGH_THE_PROGRAM = range(1_000, 1_008)


@pytest.mark.parametrize(
    "first", [0, *(pytest.param(first, marks=pytest.mark.long) for first in range(BATCH, SEEDS, BATCH))]
)
def test_a_layout_reads_as_its_people_are(first: int, area: Area, tmp_path: Path) -> None:
    wrong = {
        seed: said for seed in range(first, first + BATCH) if (said := misread(layout(seed), area, tmp_path))
    }

    assert wrong == {}


def misread(drawn: Layout, area: Area, folder: Path) -> list[Any]:
    """Return what of a layout is not read as it is true."""
    roster = read_file(write(folder, drawn.kind, drawn.sheets), area)
    rows = list(roster.rows)
    if len(rows) != len(drawn.truth):
        return [("people", len(rows), len(drawn.truth))]
    held = sum(sheet.lines - sheet.left_out.get(LeftOut.BLANK, 0) for sheet in roster.sheets)
    wrong: list[Any] = [] if drawn.apart or held == lines(drawn) else [("lines", held, lines(drawn))]
    for row, truth in zip(rows, drawn.truth, strict=True):
        found = {"nik": row.nik, **row.facts._asdict()}
        wrong += [(name, found[name], value) for name, value in truth.items() if found[name] != value]
    return wrong


@pytest.mark.parametrize("seed", THROUGH_THE_PROGRAM)
def test_a_layout_is_stored_as_its_people_are(seed: int, office: Office, tmp_path: Path) -> None:
    drawn = layout(seed)

    told = office.ok("import", write(tmp_path, drawn.kind, drawn.sheets))

    names = list(drawn.truth[0])
    stored = office.rows(f"SELECT {', '.join(names)} FROM v_worker ORDER BY nik")
    truth = sorted(drawn.truth, key=lambda one: str(one["nik"]))
    assert told["outcomes"]["new"] == told["rows"] == len(truth)
    assert stored == [tuple(one[name] for name in names) for one in truth]

"""The reading process, spoken to in this one."""

import gc
import io
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.roster.files import child, wire
from jamsostek_cli.roster.files.guard import LARGE, USUAL
from tests.support.workbooks import HEADINGS, RUDI, xlsx


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, tuple[int, int]]]:
    """Note the bounds the process would take, so that this one stays as it is."""
    import resource

    taken: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *bound: taken.append(bound))
    monkeypatch.setattr(gc, "disable", lambda: None)
    return taken


def ask(path: Path, *, large: bool = False) -> list[Any]:
    asked, answer = io.BytesIO(), io.BytesIO()
    wire.send(asked, {"path": str(path), "password": None, "sheets": [], "large": large})
    asked.seek(0)
    child.main(asked, answer)
    answer.seek(0)
    told = []
    while answer.tell() < len(answer.getvalue()):
        told.append(wire.receive(answer))
    return told


def test_a_file_is_told_in_order(tmp_path: Path, bounds: list[Any]) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, *[RUDI] * 700], "B": []})

    told = ask(path)

    assert [message[0] for message in told] == ["book", "sheet", "rows", "rows", "sheet", "rows", "done"]
    assert [len(message[1]) for message in told if message[0] == "rows"] == [500, 201, 0]
    assert told[1] == ("sheet", "A", "", [], [], 701)
    assert (USUAL.memory, USUAL.memory) in [bound for _, bound in bounds]


def test_wide_rows_go_in_smaller_batches(tmp_path: Path, bounds: list[Any]) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [["x"] * 16_000] * 8})

    assert [len(message[1]) for message in ask(path) if message[0] == "rows"] == [4, 4, 0]
    assert bounds


def test_a_refusal_is_told(tmp_path: Path, bounds: list[Any]) -> None:
    assert ask(tmp_path / "none.xlsx", large=True) == [("error", "E201", {"path": "none.xlsx"})]
    assert (LARGE.memory, LARGE.memory) in [bound for _, bound in bounds]


def test_a_message_that_stops_half_way() -> None:
    whole = io.BytesIO()
    wire.send(whole, ("book", "xlsx"))

    for length in (0, 5, len(whole.getvalue()) - 1):
        with pytest.raises(EOFError):
            wire.receive(io.BytesIO(whole.getvalue()[:length]))

import pytest

from jamsostek_cli.rules import case
from jamsostek_cli.rules.law.regulation import packaged
from tests.conftest import ROOT
from tests.support.workdays import is_workday

_FILES = sorted((ROOT / "tests/cases").glob("*.toml"))
_CASES = [entry for file in _FILES for entry in case.read(file.read_text(encoding="utf-8"), file.name)]


@pytest.mark.parametrize("entry", _CASES, ids=[entry["name"] for entry in _CASES])
def test_worked_case(entry: case.Case) -> None:
    assert case.run(entry, packaged(), is_workday).differences == ()


def test_every_case_has_its_own_name_and_a_source() -> None:
    assert len({entry["name"] for entry in _CASES}) == len(_CASES)
    assert all(entry.get("source") for entry in _CASES)

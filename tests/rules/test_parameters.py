"""The packaged values held to account: sourced, dated, and read by a rule."""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from jamsostek_cli.domain.claim import Cause, ClaimKind
from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules import case, clocks
from jamsostek_cli.rules.claim import documents
from jamsostek_cli.rules.cover import eligibility
from jamsostek_cli.rules.law import stamp
from jamsostek_cli.rules.law.provision import History, Provision
from jamsostek_cli.rules.law.regulation import Regulation, packaged
from jamsostek_cli.rules.privacy import retention
from tests.conftest import ROOT
from tests.support.workdays import is_workday

_SOURCE = re.compile(r"(UU|PP|Permenaker|Perwali Bontang) \d+/\d{4}( (Pasal|Lampiran) .+)?")
_VALUES = [provision for name in packaged().names() for provision in packaged().history(name)]
_CASES = ROOT / "tests/cases"


class _Asked(dict[str, History]):
    """Histories that remember the names they were asked for."""

    def __init__(self, histories: dict[str, History]) -> None:
        super().__init__(histories)
        self.names: set[str] = set()

    def get(self, name: str, default: object = None) -> History:
        self.names.add(name)
        return super().get(name, ())

    def __getitem__(self, name: str) -> History:
        self.names.add(name)
        return super().__getitem__(name)


@pytest.mark.parametrize("value", _VALUES, ids=[f"{value.name} {value.since}" for value in _VALUES])
def test_every_value_names_a_regulation(value: Provision) -> None:
    for source in value.citation.split("; "):
        assert _SOURCE.fullmatch(source), source
    assert value.title != value.title_en
    assert value.checked_on >= value.since or value.since > datetime.date(2026, 11, 22)


def test_a_month_begins_on_the_first() -> None:
    assert all(value.since.day == 1 for value in _VALUES if value.looked_up_by == "month")


def test_every_value_is_read_by_a_rule() -> None:
    histories = _Asked(dict(packaged().histories))
    law = Regulation(histories)
    for file in _CASES.glob("*.toml"):
        for entry in case.read(file.read_text(encoding="utf-8"), file.name):
            case.run(entry, law, is_workday)
    clocks.bill_due_on(Month(2025, 1), is_workday, law)
    clocks.report_due_on(datetime.date(2025, 1, 1), law)
    for kind in ClaimKind:
        documents.known(kind, datetime.date(2025, 1, 1), law)
        documents.least(kind, datetime.date(2025, 1, 1), law)
    facts = documents.PaperFacts(
        kind=ClaimKind.JKM, cause=Cause.ILLNESS, event_date=datetime.date(2025, 1, 1), amount=1
    )
    documents.checklist(facts, law)
    eligibility.employed(datetime.date(2025, 1, 1), law)
    stamp.duty(datetime.date(2025, 1, 1), law)
    stamp.receipts_above(datetime.date(2025, 1, 1), law)
    for years in retention.YEARS:
        retention.limit(years, datetime.date(2025, 1, 1), law)
    retention.breach_notice(datetime.date(2025, 1, 1), law)
    retention.file_days("list", datetime.date(2025, 1, 1), law)
    assert set(packaged().names()) <= histories.names
    assert {name for name in histories.names if name not in packaged().names()} == {
        "iuran.pu.jkm",
        "santunan.amount",
    }


def test_the_bases_lie_in_the_middle_of_their_brackets() -> None:
    steps = packaged().steps("iuran.bpu.basis", Month(2025, 1))
    assert len(steps) == 33
    for (low, basis), (high, _) in pairwise(steps[1:]):
        assert basis == (low + high) // 2
    assert steps[-1][1] * packaged().number("iuran.bpu.jkk_pct", Month(2025, 1)) == 207_000


def _levels() -> Iterator[tuple[int, int]]:
    day = datetime.date(2025, 1, 1)
    amounts = packaged().table("beasiswa.amounts", day)
    for level, years in packaged().table("beasiswa.max_years", day).items():
        yield int(amounts[level]), int(years)


def test_a_whole_schooling_is_worth_87_million() -> None:
    assert sum(amount * years for amount, years in _levels()) == 87_000_000

"""Claims of a province by city and state, against a count by hand."""

from pathlib import Path

import pytest

from jamsostek_cli.domain.drop import DropLevel
from tests.conftest import Run
from tests.support import drops

CITIES = drops.invented()


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities of persons, and one of counts."""
    root = tmp_path_factory.mktemp("claims")
    for city in CITIES[:2]:
        drops.write(root, city)
    drops.write(root, CITIES[2], level=DropLevel.COUNTS)
    return root


def test_every_state_and_band_equals_a_count_by_hand(jcli: Run, mixed: Path) -> None:
    data = jcli("province", "claims", "--over", mixed, "--exact", "--json").data
    keys = ("claims", "amount", "waited_week", "waited_month", "waited_quarter", "waited_longer")
    found = {
        (row["city"], row["state"]): tuple(row[k] for k in keys) for row in data["tables"]["province_claims"]
    }
    hand = {(city.code, state): tuple(rest) for city in CITIES for state, *rest in drops.ageing(city)}
    assert found == hand
    for name, of in (("claims_open", ("reported", "verified")), ("claims_paid", ("paid",))):
        mine = [claim[4] for city in CITIES for claim in city.claims if claim[2] in of]
        assert (data["figures"][name], data["figures"][f"{name}_amount"]) == (len(mine), sum(mine))
    states = [row["state"] for row in data["rows"]]
    assert states == ["reported", "verified", "paid"]
    assert [row["claims"] for row in data["rows"]] == [
        sum(claim[2] == state for city in CITIES for claim in city.claims) for state in states
    ]


def test_few_claims_are_withheld_and_sums_of_what_a_city_withheld_are_not_made(
    jcli: Run, mixed: Path, tmp_path: Path
) -> None:
    shown = jcli("province", "claims", "--over", mixed, "--json").data
    for row in shown["tables"]["province_claims"]:
        assert row["claims"] is None or row["claims"] >= 5
    assert all(row["claims"] >= 5 for row in shown["rows"])
    many = drops.City(
        "64.02", {}, [], [(f"K{n}", f"{n:016d}", "tomorrow", 1 + n % 60, 10) for n in range(60)]
    )
    drops.write(tmp_path, many)
    (row,) = jcli("province", "claims", "--over", tmp_path, "--json").data["tables"]["province_claims"]
    assert (row["state"], row["claims"], row["waited_week"]) == ("tomorrow", 60, 7)
    gone = [(state, *(None,) * 6) for state, *_ in drops.ageing(CITIES[2])]
    held = {"ageing": gone}
    drops.write(tmp_path, CITIES[2], level=DropLevel.COUNTS, held=held)
    told = jcli("province", "claims", "--over", tmp_path, "--json").data
    assert told["figures"].keys() == {"cities"}  # the city says how many in all, and withholds each state
    assert {row["claims"] for row in told["rows"]} == {60, None}
    few = drops.City("64.03", {}, [], many.claims[:2])
    drops.write(tmp_path / "few", few)
    alone = jcli("province", "claims", "--over", tmp_path / "few", "--json", "--lang", "en").data
    assert alone["figures"]["claims_open"] == 0
    drops.write(tmp_path / "few", few, told={"claims": 9})
    refused = jcli("province", "claims", "--over", tmp_path / "few", "--lang", "en")
    assert refused.error == "E668"
    assert "jcli province totals" in refused.err


def test_a_claim_that_was_reopened_is_one_death(jcli: Run, tmp_path: Path) -> None:
    states = ["rejected", "reported", "withdrawn", "paid"]
    claims = [
        (f"K{state}{n}", f"{n:016d}", state, 3, 42_000_000)
        for at, state in enumerate(states)
        for n in range(10 + at)
    ]
    drops.write(tmp_path, drops.City("64.03", {}, [], claims))
    data = jcli("province", "claims", "--over", tmp_path, "--json").data
    assert data["figures"] == {
        "cities": 1,
        "claims_open": 11,
        "claims_open_amount": 11 * 42_000_000,
        "claims_paid": 13,
        "claims_paid_amount": 13 * 42_000_000,
    }
    assert {row["state"]: row["claims"] for row in data["rows"]}["rejected"] == 10

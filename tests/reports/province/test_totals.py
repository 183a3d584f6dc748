"""What a city says of itself beside what is there: told, compared, never put right."""

from pathlib import Path

from jamsostek_cli.domain.drop import DropLevel
from tests.conftest import Run
from tests.support import drops


def test_every_measure_agrees_or_the_answer_waits_for_a_person(jcli: Run, tmp_path: Path) -> None:
    cities = drops.invented(many=60)
    drops.write(tmp_path, cities[0])
    drops.write(tmp_path, cities[1], level=DropLevel.COUNTS)
    ran = jcli("province", "totals", "--over", tmp_path, "--exact", "--json")
    assert ran.code == 0
    agreed = {(row["city"], row["measure"]): row["agrees"] for row in ran.data["rows"]}
    assert {key for key, same in agreed.items() if not same} == {("64.71", "billed")}  # not told by counts
    drops.write(
        tmp_path,
        cities[0],
        told={"billed": 1, "protected": 3, "enrolled": None, "of.tomorrow": 9, "morgen": 9},
    )
    ran = jcli("province", "totals", "--over", tmp_path, "--json", "--exact")
    assert ran.code == 3
    assert ran.data["figures"]["measures_differ"] == 2
    few = jcli("province", "totals", "--over", tmp_path, "--json")
    hidden = {row["measure"] for row in few.data["rows"] if row["city"] == "64.10" and row["told"] is None}
    assert {"registered", "enrolled", "protected"} <= hidden
    assert few.code == 3

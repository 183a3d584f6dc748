"""The texts of SQL hold to what engines share, so that each runs them as they stand."""

import re
from importlib import resources

import pytest

from jamsostek_cli.domain.drop import COUNTS, OF_LEVEL, PARTITIONS, PERSONS, TABLES, DropLevel
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.engine.question import folders

ROOM = resources.files("jamsostek_cli.reports.province")
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in ROOM.iterdir() if path.name.endswith(".sql")}
NOT_SHARED = {
    "a cast with ::": r"::",
    "FILTER": r"\bFILTER\b",
    "GROUP BY ALL": r"GROUP BY ALL",
    "a division": r"/",
    "rounding": r"\b(round|avg|median|floor|ceil|mod)\s*\(",
    "a calendar": r"\b(date\w*|interval|extract|now|current_\w+|months_between|julianday|strftime)\b",
    "concat": r"\bconcat\w*\b|\|\|",
    "a quoted name": r'"|`',
    "a sum of its own type": r"(?<!CAST\()\bsum\(",
    "something of one engine": r"\b(QUALIFY|PIVOT|UNNEST|EXPLODE|LATERAL|ILIKE|read_parquet|regexp|USING)\b",
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_text_stays_within_what_engines_share(name: str) -> None:
    said = re.sub(r"--.*", "", TEXTS[name])
    found = {why for why, shape in NOT_SHARED.items() if re.search(shape, said, re.IGNORECASE)}
    assert found == set()
    assert not re.search(r"sum\((?:[^()]|\([^()]*\))*\)(?! AS BIGINT\))", said), (
        "every sum is CAST(sum(…) AS BIGINT)"
    )
    assert set(re.findall(r":(\w+)", said)) <= {"month", "year", "first", "last", "head", "tail", "city"}
    assert TEXTS[name].startswith("-- ")


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"once.sql"}))
def test_rows_have_one_order_wherever_they_come_from(name: str) -> None:
    order = re.findall(r"ORDER BY ((?:.|\n)+)\Z", TEXTS[name])
    assert order, "a text of several rows orders them"
    nullable = {"kelurahan_code", "payer", "code"} if name != "areas.sql" else set()
    keys = [key.strip() for key in order[-1].split(",")]
    for key in keys:
        column = key.split()[0].rpartition(".")[2]
        if column in nullable and name in {"coverage.sql", "counts.sql"}:
            assert key.endswith("NULLS LAST"), key


@pytest.mark.parametrize(
    "text", ["SELECT x::INT", "SELECT sum(x) FROM paid", "SELECT count(*) FILTER (WHERE x)", "SELECT a / b"]
)
def test_the_search_finds_what_is_not_shared(text: str) -> None:
    assert any(re.search(shape, text, re.IGNORECASE) for shape in NOT_SHARED.values())


def test_no_column_is_called_as_a_partition() -> None:
    assert not {name for table in TABLES.values() for name in table} & set(PARTITIONS)


def test_an_address_has_the_tables_of_the_levels_that_are_there() -> None:
    persons, counts = {DropLevel.PERSONS}, {DropLevel.COUNTS}
    assert folders([]) == {}
    assert folders([("s3a://a/", persons)]) == {
        table: [f"s3a://a/{table}"] for table in OF_LEVEL[DropLevel.PERSONS]
    }
    both = folders([("s3a://a", persons), ("hdfs:///b", counts), ("s3a://c", persons | counts)])
    assert {table: [one.rpartition("/")[0] for one in held] for table, held in both.items()} == {
        table: [
            *(["s3a://a"] if table not in COUNTS else []),
            *(["hdfs:///b"] if table not in PERSONS else []),
            "s3a://c",
        ]
        for table in TABLES
    }
    with pytest.raises(JcliError, match="E661"):
        folders([("s3a://a", persons), ("s3a://tiada", set())])

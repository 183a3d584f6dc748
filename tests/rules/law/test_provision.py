"""Parameter files are read strictly: each broken file differs from a good one in one line."""

import datetime
from decimal import Decimal

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.law import provision
from jamsostek_cli.rules.law.provision import Confidence, Unit

_GOOD = """
["jkm.pemakaman"]
title = "Biaya pemakaman"
title_en = "Funeral costs"
unit = "IDR"
looked_up_by = "event date"
checked_on = 2026-11-22

[["jkm.pemakaman".values]]
from = 2015-07-01
value = 3_000_000
citation = "PP 44/2015 Pasal 34"
confidence = "reported"

[["jkm.pemakaman".values]]
from = 2019-12-02
value = 10_000_000
citation = "PP 82/2019 Pasal 34"
confidence = "read"
doubt = "three-month-rule"
note = "A note."
"""


def test_a_good_file() -> None:
    (old, new) = provision.read(_GOOD, "jkm.toml")["jkm.pemakaman"]
    assert (old.value, old.since, old.until) == (
        3_000_000,
        datetime.date(2015, 7, 1),
        datetime.date(2019, 12, 2),
    )
    assert (old.doubt, old.note, old.overridden) == (None, None, False)
    assert new == provision.Provision(
        name="jkm.pemakaman",
        title="Biaya pemakaman",
        title_en="Funeral costs",
        unit=Unit.RUPIAH,
        looked_up_by="event date",
        value=10_000_000,
        since=datetime.date(2019, 12, 2),
        until=None,
        citation="PP 82/2019 Pasal 34",
        confidence=Confidence.READ,
        checked_on=datetime.date(2026, 11, 22),
        doubt="three-month-rule",
        note="A note.",
    )


@pytest.mark.parametrize(
    ("line", "instead", "problem"),
    [
        ('title = "Biaya pemakaman"', "", "missing key: title"),
        ('unit = "IDR"', 'unit = "USD"', "unknown unit: USD"),
        ('"event date"', '"death"', "unknown date: death"),
        ("checked_on = 2026-11-22", 'checked_on = "2026"', "checked_on: not date"),
        ("checked_on = 2026-11-22", "checked_on = 2026-11-22\nuntil = 1", "unknown key: until"),
        ('citation = "PP 44/2015 Pasal 34"', "", "missing key: citation"),
        ('citation = "PP 44/2015 Pasal 34"', 'citation = " "', "citation: empty"),
        ('confidence = "read"', "", "missing key: confidence"),
        ('confidence = "read"', 'confidence = "sure"', "unknown confidence: sure"),
        ("from = 2019-12-02", "from = 2015-07-01", "values do not rise by date"),
        ("from = 2019-12-02", "from = 2014-07-01", "values do not rise by date"),
        ("from = 2019-12-02", "from = 2019-12-02\nuntil = 2020-01-01", "unknown key: until"),
        ("value = 3_000_000", "value = -1", "value: negative"),
        ("value = 3_000_000", "value = true", "value: not int"),
        ("value = 3_000_000", "value = 0.5", "value: no IDR"),
        ('unit = "IDR"', 'unit = "table"', "value: no table"),
        ('unit = "IDR"', 'unit = "steps"', "value: no steps"),
        ('unit = "IDR"', 'unit = "list"', "value: no list"),
        ("[[", "[", ""),
    ],
)
def test_a_broken_file(line: str, instead: str, problem: str) -> None:
    with pytest.raises(JcliError) as error:
        provision.read(_GOOD.replace(line, instead, 1), "jkm.toml")
    assert error.value.code == "E602"
    assert str(error.value.facts["place"]).startswith("jkm.toml")
    assert problem in str(error.value.facts["problem"])


def test_a_name_without_values() -> None:
    with pytest.raises(JcliError) as error:
        provision.read(_GOOD[: _GOOD.index("[[")] + "values = []", "jkm.toml")
    assert error.value.facts == {"place": "jkm.toml: jkm.pemakaman", "problem": "no values"}


@pytest.mark.parametrize(
    ("unit", "value", "read"),
    [
        ("share", "0.07", Decimal("0.07")),
        ("share", "1", Decimal(1)),
        ("table", "{ land = 5, sea = 0.5 }", {"land": Decimal(5), "sea": Decimal("0.5")}),
        ("steps", "{ 0 = 1.0, 12 = 0.5 }", {"0": Decimal(1), "12": Decimal("0.5")}),
        ("list", '["ktp", "rekening"]', ("ktp", "rekening")),
    ],
)
def test_the_value_of_each_unit(unit: str, value: str, read: object) -> None:
    text = _GOOD[: _GOOD.rindex("[[")].replace("IDR", unit).replace("3_000_000", value)
    assert provision.read(text, "a.toml")["jkm.pemakaman"][0].value == read


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("share", "nan"),
        ("share", "-0.1"),
        ("table", "{}"),
        ("table", '{ land = "5" }'),
        ("table", "{ land = true }"),
        ("steps", "{ 12 = 0.5 }"),
        ("steps", "{ 0 = 1.0, later = 0.5 }"),
        ("steps", "{ 0 = -1 }"),
        ("list", "[1]"),
    ],
)
def test_a_value_that_its_unit_does_not_have(unit: str, value: str) -> None:
    text = _GOOD[: _GOOD.rindex("[[")].replace("IDR", unit).replace("3_000_000", value)
    with pytest.raises(JcliError) as error:
        provision.read(text, "a.toml")
    assert error.value.code == "E602"


def test_a_later_table_keeps_the_words_of_an_earlier_one() -> None:
    text = (
        _GOOD.replace("IDR", "table")
        .replace("3_000_000", "{ land = 1, sea = 2 }")
        .replace("10_000_000", "{ land = 1 }")
    )
    with pytest.raises(JcliError) as error:
        provision.read(text, "a.toml")
    assert error.value.facts == {
        "place": "a.toml: jkm.pemakaman 2019-12-02",
        "problem": "missing key: sea",
    }

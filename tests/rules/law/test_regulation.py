import datetime
from decimal import Decimal

import pytest

from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.law.regulation import Regulation, packaged

_LAW = packaged()
_OWN = """
["jkm.pemakaman"]
checked_on = 2026-01-15

[["jkm.pemakaman".values]]
from = 2019-12-02
value = 11_000_000
citation = "Perwali 1/2026"
confidence = "read"

[["jkm.pemakaman".values]]
from = 2026-01-01
value = 12_000_000
citation = "Perwali 1/2026"
confidence = "read"

["santunan.amount"]
title = "Santunan kota"
title_en = "The city's grant"
unit = "IDR"
looked_up_by = "event date"
checked_on = 2026-01-15

[["santunan.amount".values]]
from = 2026-01-01
value = 5_000_000
citation = "Perwali 1/2026"
confidence = "read"
"""


def test_a_value_holds_from_its_first_day() -> None:
    assert _LAW.rupiah("jkm.pemakaman", datetime.date(2019, 12, 1)) == 3_000_000
    assert _LAW.rupiah("jkm.pemakaman", datetime.date(2019, 12, 2)) == 10_000_000
    old, new = _LAW.history("jkm.pemakaman")
    assert old.until == new.since
    assert new.until is None


def test_a_month_is_looked_up_by_its_first_day() -> None:
    assert _LAW.number("iuran.factor.all", Month(2020, 8)) == Decimal("0.01")
    assert _LAW.on("iuran.factor.all", Month(2020, 8)).since == datetime.date(2020, 8, 1)


def test_no_value_in_force_is_an_error() -> None:
    day = datetime.date(2015, 6, 30)
    with pytest.raises(JcliError) as error:
        _LAW.on("jkm.pemakaman", day)
    assert error.value.code == "E601"
    assert error.value.facts == {
        "name": "jkm.pemakaman",
        "date": day,
        "first": datetime.date(2015, 7, 1),
    }


def test_a_name_without_any_value_is_an_error() -> None:
    with pytest.raises(JcliError) as error:
        _LAW.rupiah("santunan.amount", datetime.date(2025, 1, 1))
    assert (error.value.code, error.value.facts["first"]) == ("E601", "-")
    with pytest.raises(JcliError) as unknown:
        _LAW.history("santunan.amount")
    assert (unknown.value.code, unknown.value.facts) == ("E603", {"name": "santunan.amount"})


def test_an_accessor_refuses_a_value_of_another_kind() -> None:
    day = datetime.date(2025, 1, 1)
    with pytest.raises(TypeError):
        _LAW.rupiah("iuran.bpu.jkk_pct", day)
    with pytest.raises(TypeError):
        _LAW.number("documents.jkm", day)
    with pytest.raises(TypeError):
        _LAW.table("jkm.pemakaman", day)
    with pytest.raises(TypeError):
        _LAW.words("jkm.pemakaman", day)


def test_a_table_of_steps_starts_at_nought() -> None:
    assert _LAW.steps("jkk.stmb", datetime.date(2025, 1, 1)) == ((0, Decimal(1)), (12, Decimal("0.5")))


def test_a_name_is_given_by_one_file() -> None:
    text = _OWN[_OWN.index('["santunan') :]
    with pytest.raises(JcliError) as error:
        Regulation.from_toml({"a.toml": text, "b.toml": text})
    assert error.value.facts == {"place": "b.toml", "problem": "given twice: santunan.amount"}


def test_a_city_has_its_own_values() -> None:
    city = _LAW.overridden_by(_OWN, "local.toml")
    day = datetime.date(2019, 12, 2)
    assert city.on("jkm.pemakaman", day - datetime.timedelta(days=1)) == _LAW.history("jkm.pemakaman")[0]
    changed = city.on("jkm.pemakaman", day)
    assert (changed.value, changed.overridden, changed.until) == (
        11_000_000,
        True,
        datetime.date(2026, 1, 1),
    )
    assert (changed.title, changed.checked_on) == ("Biaya pemakaman", datetime.date(2026, 1, 15))
    assert city.rupiah("santunan.amount", datetime.date(2026, 1, 1)) == 5_000_000
    assert city.on("santunan.amount", datetime.date(2026, 1, 1)).overridden
    assert "santunan.amount" in city.names()
    assert "santunan.amount" not in _LAW.names()


def test_a_city_keeps_the_unit_and_the_words_of_a_known_name() -> None:
    values = (
        '{ from = 2019-12-02, citation = "Perwali 1/2026", confidence = "read", value = { glasses = 1 } }'
    )
    with pytest.raises(JcliError) as words:
        _LAW.overridden_by(f'"jkk.aids" = {{ values = [{values}] }}', "local.toml")
    assert words.value.facts["problem"] == "missing key: dentures, hearing_aid"
    with pytest.raises(JcliError) as unit:
        _LAW.overridden_by(f'"jkk.aids" = {{ unit = "IDR", values = [{values}] }}', "local.toml")
    assert unit.value.facts["problem"] == "unit: not table"


def test_a_new_name_of_a_city_needs_its_headings() -> None:
    with pytest.raises(JcliError) as error:
        _LAW.overridden_by(_OWN.replace('title = "Santunan kota"', ""), "local.toml")
    assert error.value.facts == {
        "place": "local.toml: santunan.amount",
        "problem": "missing key: title",
    }

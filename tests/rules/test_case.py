import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules import case
from jamsostek_cli.rules.law.regulation import packaged
from tests.support.workdays import is_workday

_JKM = 'name = "A death"\nkind = "jkm"\nevent_date = 2024-03-10\n'
_ENROL = 'name = "A person"\nkind = "enrol"\nborn = 1990-01-01\n'
_SON = '{ name = "A", relation = "child" }'


def _read(body: str) -> case.Case:
    (entry,) = case.read(f"[[case]]\n{body}", "here.toml")
    return entry


def _run(body: str) -> case.CaseResult:
    return case.run(_read(body), packaged(), is_workday)


def test_a_case_that_is_right() -> None:
    assert _run(_JKM + 'source = "PP 82/2019"\nexpect = { total = 42_000_000 }') == case.CaseResult(
        name="A death", source="PP 82/2019", right=True, differences=()
    )


@pytest.mark.parametrize(
    ("body", "differences"),
    [
        (_JKM + "expect = { total = 10 }", ["total: expected 10, got 42000000"]),
        (
            _JKM + "expect = { lines = { santunan = 20_000_000, pemakaman = 3, stmb = 0, cacat = 1 } }",
            [
                "lines.berkala: expected 0, got 12000000",
                "lines.cacat: expected 1, got 0",
                "lines.pemakaman: expected 3, got 10000000",
            ],
        ),
        (
            _JKM + "paid = []\nexpect = { total = 1, lines = { santunan = 1 }, scholarship_year = 0 }",
            [
                "refused: expected no, got E406",
                "total: expected 1, got nothing",
                "lines.santunan: expected 1, got 0",
                "scholarship_year: expected 0, got nothing",
            ],
        ),
        (
            _JKM + f"heirs = [{_SON}]\nexpect = {{ fund = 2, paid_to = {{ A = 1, B = 3 }} }}",
            [
                "fund: expected 2, got 0",
                "paid_to.A: expected 1, got 42000000",
                "paid_to.B: expected 3, got 0",
            ],
        ),
        (_JKM + "expect = { refused = true }", ["refused: expected yes, got no"]),
        (_JKM + 'paid = []\nexpect = { refused = "E601" }', ["refused: expected E601, got E406"]),
        (
            _JKM + 'paid = [["2023-10", "2024-01"]]\nexpect = { total = 0 }',
            ["needs_confirmation: expected no, got yes"],
        ),
        (
            _JKM + 'paid = [["2023-10", "2024-01"]]\nexpect = { outcomes = [1, 0] }',
            ["outcomes: expected 0 or 1, got 0 or 42000000"],
        ),
        (
            _JKM + "expect = { needs_confirmation = true, outcomes = [0, 1] }",
            ["needs_confirmation: expected yes, got no", "outcomes: expected 0 or 1, got nothing"],
        ),
        (_JKM + "expect = { penalty = 1 }", ["penalty: expected 1, got nothing"]),
        (
            _JKM + "complete_on = 2024-07-17\nexpect = { due_on = 2024-07-23 }",
            ["due_on: expected 2024-07-23, got 2024-07-22"],
        ),
        (
            _ENROL + "registered_on = 2025-01-01\nexpect = { eligible = false }",
            ["eligible: expected no, got yes"],
        ),
    ],
)
def test_a_case_that_is_wrong_says_where(body: str, differences: list[str]) -> None:
    result = _run(body)
    assert not result.right
    assert list(result.differences) == differences


def test_outcomes_alone_expect_the_question() -> None:
    assert _run(_JKM + 'paid = [["2023-10", "2024-01"]]\nexpect = { outcomes = [42_000_000, 0] }').right


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (_JKM, "missing key: expect"),
        (_JKM + "expect = {}", "expect: empty"),
        (_JKM + "expect = { totals = 1 }", "unknown key: totals"),
        (_JKM + "expect = { lines = { burial = 1 } }", "unknown key: burial"),
        (_JKM + 'expect = { outcomes = ["1"] }', "outcomes: not int"),
        (_JKM + "died = 2024-03-10\nexpect = { total = 1 }", "unknown key: died"),
        (_JKM.replace("jkm", "jkp") + "expect = { total = 1 }", "kind: jkp; known: jkk-death,"),
        (_JKM + 'payer = "apbd"\nexpect = { total = 1 }', "payer: apbd; known: apbd-kota,"),
        (_JKM + 'programmes = [["jkk"]]\nexpect = { total = 1 }', "unknown programme: ['jkk']"),
        (_JKM + 'paid = [["2024-01"]]\nexpect = { total = 1 }', "last"),
        (_JKM + 'paid = [["2024-02", "2024-01"]]\nexpect = { total = 1 }', "a span ends before it starts"),
        (_JKM + 'paid = [["2024", "2024"]]\nexpect = { total = 1 }', "not a month"),
        (_JKM + 'children = [{ level = "sd" }]\nexpect = { total = 1 }', "missing key: born"),
        (_JKM + 'children = [{ born = 2016-01-01, level = "s3" }]\nexpect = { total = 1 }', "s3"),
        (_JKM + "children = [{ born = 2016-01-01, used = { s3 = 1 } }]\nexpect = { total = 1 }", "s3"),
        (_JKM + 'children = [{ born = 2016-01-01, work = "asn" }]\nexpect = { total = 1 }', "asn"),
        (_JKM + 'losses = [{ part = "eye", share = 2 }]\nexpect = { total = 1 }', "between 0 and 1"),
        (_JKM + 'losses = [{ part = "eye", share = nan }]\nexpect = { total = 1 }', ""),
        (
            _JKM + 'heirs = [{ name = "A", relation = "friend" }]\nexpect = { fund = 1 }',
            "relation: friend; known",
        ),
        (_JKM + 'heirs = [{ name = "A" }]\nexpect = { fund = 1 }', "missing key: relation"),
        (_JKM + "heirs = [1]\nexpect = { fund = 1 }", "not a table"),
        (_JKM + f"heirs = [{_SON}, {_SON}]\nexpect = {{ fund = 1 }}", "two heirs of one name"),
        (_JKM + f"heirs = [{_SON[:-1]}, share = 1.5 }}]\nexpect = {{ fund = 1 }}", "share: not above 0"),
        (_JKM + f"heirs = [{_SON}]\nexpect = {{ paid_to = {{ A = true }} }}", "A: not int"),
        (_JKM + "memberships = [1]\nexpect = { total = 1 }", "not a table"),
        (_JKM + 'memberships = [{ segment = "ab", paid = [] }]\nexpect = { total = 1 }', "segment: "),
        (
            _JKM + 'memberships = [{ segment = "pu", paid = [["x", "y"]] }]\nexpect = { total = 1 }',
            "not a month",
        ),
        (
            _JKM.replace("jkm", "jkk-death")
            + 'memberships = [{ segment = "pu", paid = [] }]\nexpect = { total = 1 }',
            "memberships: for kind jkm only",
        ),
        (_JKM + "expenses = { wig = 1 }\nexpect = { total = 1 }", "unknown key: wig"),
        (_JKM + 'month = "2024-13"\nexpect = { total = 1 }', "not a month"),
        (_JKM.replace("event_date = 2024-03-10", "") + "expect = { total = 1 }", "missing key: event_date"),
        (_ENROL + "expect = { eligible = true }", "missing key: registered_on"),
        ('name = "A bill"\nkind = "iuran"\nexpect = { total = 1 }', "missing key: month"),
    ],
)
def test_a_case_that_is_none_is_named(body: str, problem: str) -> None:
    with pytest.raises(JcliError) as error:
        _read(body)
    assert error.value.code == "E602"
    assert str(error.value.facts["place"]).startswith("here.toml: case 1 (A ")
    assert problem in str(error.value.facts["problem"])


@pytest.mark.parametrize("text", ["[[case", "cases = []", "case = 1", "case = [1]", "", "[[case]]\nkind = 1"])
def test_a_file_that_holds_no_cases(text: str) -> None:
    with pytest.raises(JcliError) as error:
        case.read(text, "here.toml")
    assert error.value.code == "E602"
    assert str(error.value.facts["place"]).startswith("here.toml")

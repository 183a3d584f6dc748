import datetime

from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.rules.claim.scholarship import Child, Level, Work, Year, of_year
from jamsostek_cli.rules.law.regulation import packaged

_DAY = datetime.date(2026, 8, 10)
_CHILDREN = st.builds(
    Child,
    born=st.dates(datetime.date(1995, 1, 1), _DAY),
    level=st.none() | st.sampled_from(Level),
    working=st.booleans(),
    work=st.none() | st.sampled_from(Work),
    work_months=st.none() | st.integers(0, 12),
    married=st.booleans(),
    registered=st.booleans(),
    chosen=st.booleans(),
)


def _year(children: list[Child]) -> Year:
    return of_year(children, event_date=_DAY, since=_DAY, regulation=packaged())


@given(st.lists(_CHILDREN, max_size=5))
def test_two_children_at_most_the_dearer_ones(children: list[Child]) -> None:
    alone = [_year([child]) for child in children]
    year = _year(children)
    assert year.least == sum(sorted(each.least for each in alone)[-2:])
    assert year.most == sum(sorted(each.most for each in alone)[-2:])


@given(st.lists(_CHILDREN, max_size=5), _CHILDREN)
def test_another_child_never_costs_the_others(children: list[Child], child: Child) -> None:
    with_it, without = _year([*children, child]), _year(children)
    assert with_it.least >= without.least
    assert with_it.most >= without.most


@given(st.lists(_CHILDREN, max_size=5))
def test_a_question_stands_exactly_where_money_hangs_on_it(children: list[Child]) -> None:
    year = _year(children)
    assert year.least <= year.most
    assert (year.question is not None) == (year.least < year.most)

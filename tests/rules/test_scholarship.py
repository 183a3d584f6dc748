import datetime

from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.rules.regulation import packaged
from jamsostek_cli.rules.scholarship import Child, Level, year_amount

_DAY = datetime.date(2026, 8, 10)
_CHILDREN = st.builds(
    Child,
    born=st.dates(datetime.date(1995, 1, 1), _DAY),
    level=st.none() | st.sampled_from(Level),
    working=st.booleans(),
    married=st.booleans(),
)


def _year(children: list[Child]) -> int:
    return year_amount(children, event_date=_DAY, since=_DAY, regulation=packaged())


@given(st.lists(_CHILDREN, max_size=5))
def test_two_children_at_most_the_dearer_ones(children: list[Child]) -> None:
    assert _year(children) == sum(sorted(_year([child]) for child in children)[-2:])


@given(st.lists(_CHILDREN, max_size=5), _CHILDREN)
def test_another_child_never_costs_the_others(children: list[Child], child: Child) -> None:
    assert _year([*children, child]) >= _year(children)

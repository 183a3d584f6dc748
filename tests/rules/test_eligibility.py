import datetime

from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.eligibility import refusal
from jamsostek_cli.rules.regulation import packaged

_DAY = datetime.date(2025, 10, 1)


@given(st.dates(datetime.date(1940, 1, 1), _DAY))
def test_age_decides(born: datetime.date) -> None:
    age = age_on(born, _DAY)
    rule = RefusalRule.TOO_YOUNG if age < 18 else RefusalRule.TOO_OLD if age >= 65 else None
    assert refusal(born=born, registered_on=_DAY, regulation=packaged()) == rule

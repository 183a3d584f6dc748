"""Which living claims of one person ask for the same."""

import pytest

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.store.claim.claim_facts import LiveClaim

DEATH = LiveClaim("K-1", ClaimKind.JKM, "2025-05-01", None)
GRANT = LiveClaim("K-2", ClaimKind.SANTUNAN, "2025-05-01", None)
YEAR = LiveClaim("K-3", ClaimKind.SCHOLARSHIP, "2025-05-01", 2025)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (DEATH, DEATH._replace(kind=ClaimKind.JKK_DEATH, event_date="2025-04-30"), True),
        (GRANT, GRANT._replace(event_date="2025-05-02"), True),
        (YEAR, YEAR._replace(number="K-4"), True),
        (YEAR, YEAR._replace(school_year=2026), False),
        (YEAR, YEAR._replace(number="K-4", event_date="2024-01-01"), True),
        (DEATH, GRANT, False),
    ],
)
def test_a_death_has_one_benefit_and_a_school_year_one_scholarship(
    one: LiveClaim, other: LiveClaim, *, same: bool
) -> None:
    assert one.excludes(other) is other.excludes(one) is same

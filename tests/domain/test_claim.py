"""The moves of a claim, as a full matrix."""

import pytest

from jamsostek_cli.domain.claim import MOVES, ClaimMove, ClaimState, after
from jamsostek_cli.errors import JcliError

ALLOWED = {
    ClaimState.REPORTED: {"document", "submit", "verify", "reject", "withdraw"},
    ClaimState.SUBMITTED: {"document", "verify", "reject", "withdraw"},
    ClaimState.VERIFIED: {"pay", "reject", "withdraw"},
    ClaimState.PAID: {"void"},
    ClaimState.REJECTED: {"reopen"},
    ClaimState.WITHDRAWN: {"reopen"},
}


@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize("move", ClaimMove)
def test_each_move_is_allowed_or_refused_by_name(state: ClaimState, move: ClaimMove) -> None:
    if move.value in ALLOWED[state]:
        assert after("K-2025-0001", state, move) is MOVES[state, move]
        return
    with pytest.raises(JcliError) as refusal:
        after("K-2025-0001", state, move)
    assert refusal.value.code == ("E411" if (state, move) == ("paid", "pay") else "E409")
    assert set(str(refusal.value.facts["allowed"]).split(", ")) == ALLOWED[state]

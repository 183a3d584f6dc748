"""What became of a list of the dead that was held against the register."""

import datetime
from collections import Counter
from dataclasses import dataclass

from jamsostek_cli.domain.death_match import MatchState
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth.owed import Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedDeath:
    """Somebody who may be one of the list: `item` names the two of them for a decision.

    `listed` is the name in the list; `died_on` its day, None where it has none. `worth` is what the death is
    worth, None where it cannot be; `claim` the claim for it that lives; `months_after` are paid after it, for
    `amount_after` rupiah. `problem` is the code of a finding that keeps it from being recorded unasked or at
    all, `error` the refusal behind it.
    """

    item: str
    state: MatchState
    sheet: str
    row: int
    listed: str
    worker: str
    name: str
    nik: str
    kelurahan: str | None
    died_on: datetime.date | None
    by_burial: bool
    score: int
    reasons: tuple[str, ...]
    worth: Worth | None = None
    claim: str | None = None
    months_after: int = 0
    amount_after: int = 0
    problem: str | None = None
    error: JcliError | None = None

    @property
    def stands(self) -> bool:
        """Whether the death is on record."""
        return self.state in {MatchState.RECORDED, MatchState.KNOWN}

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide about it, or put it right."""
        return self.state in {MatchState.DOUBTFUL, MatchState.IMPOSSIBLE}

    @property
    def is_owed(self) -> bool:
        """Whether the death is on record, something may be due, and nobody has claimed it."""
        return self.stands and self.claim is None and self.worth is not None and self.worth.refusal is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathsMatched:
    """What a list did, or would do: its rows, those of nobody in the register, and whom the others met."""

    file: str
    rows: int
    strangers: int
    matches: tuple[MatchedDeath, ...]

    @property
    def states(self) -> dict[MatchState, int]:
        """How many are in each state."""
        found = Counter(one.state for one in self.matches)
        return {state: found[state] for state in MatchState}

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody has to decide about, or put right, something."""
        return any(one.waits for one in self.matches)

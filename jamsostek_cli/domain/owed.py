"""What families are owed of whose dead no claim lives, and what was paid for the dead."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.domain.claim import ClaimKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedFamily:
    """Somebody who died covered, or perhaps covered, and of whom no claim lives.

    `kind` is the claim to open, for the day of death: an accident on an earlier day is not known here.
    `least` is the benefit in rupiah that is due in any case, `most` that of the full benefit where a
    `question` is open, of the law or of months paid after the death; both are None where no value is in
    force. `decided` is the number of the last claim that was rejected or withdrawn, if there was one.
    """

    worker_id: int
    name: str
    kelurahan: str | None
    died_on: datetime.date
    reported_on: datetime.date
    kind: ClaimKind
    least: int | None
    most: int | None
    question: str | None
    decided: str | None

    @property
    def between(self) -> int | None:
        """The rupiah that hang on the question, None where none is open."""
        return None if self.question is None else (self.most or 0) - (self.least or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidForDead:
    """Somebody for whom months after that of the death are paid: how many, and the rupiah billed for them."""

    worker_id: int
    name: str
    kelurahan: str | None
    died_on: datetime.date
    months: int
    amount: int

"""What a list of claims is read for, and what became of each of its rows."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek_cli.domain.bpjs_claims import CHANGING, ListReply, ListUse
from jamsostek_cli.domain.claim import Benefactor, ClaimKind
from jamsostek_cli.domain.family import Capacity
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.claim.claim_filing import Absent


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTerms:
    """What a list is read for, and what holds for rows that do not say so themselves.

    `kind` is their benefit, `paid_on` the day of their payment, `proof` its number: one transfer for all.
    `payer` pays them, `decision` says why, where such a benefit is usually paid by somebody else.
    `payee_reason` says why those are paid whom the law does not name, or nobody does.
    """

    use: ListUse = ListUse.EVERYTHING
    kind: ClaimKind | None = None
    paid_on: datetime.date | None = None
    proof: str | None = None
    payer: Benefactor | Payer = Benefactor.BPJS
    decision: str | None = None
    payee_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """What became of a row; `nik` is masked, `amount` are the rupiah of the list, `due` those that were owed.

    `opened` says that the claim was not known here; `error` says why a `problem` was not carried out.
    `payee` is who a payment went to, as the `capacity`, `payee_reason` why, where the law does not name them.
    """

    sheet: str
    row: int
    reply: ListReply
    number: str | None = None
    worker: str | None = None
    nik: str | None = None
    name: str | None = None
    kind: ClaimKind | None = None
    opened: bool = False
    amount: int | None = None
    due: int | None = None
    paid_on: datetime.date | None = None
    proof: str | None = None
    receipt: str | None = None
    reason: str | None = None
    payee: str | None = None
    capacity: Capacity | None = None
    payee_reason: str | None = None
    error: JcliError | None = None

    @property
    def pays(self) -> bool:
        """Whether a payment is recorded by it."""
        return self.reply in {ListReply.PAID, ListReply.PAID_OTHERWISE, ListReply.ON_WORD}

    @property
    def difference(self) -> int | None:
        """The rupiah paid beyond what was owed (below 0: short of it); None where nothing is recorded."""
        return (self.amount or 0) - (self.due or 0) if self.pays else None

    @property
    def place(self) -> str:
        """Where the row stands."""
        return f"{self.sheet} {self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimListDone:
    """What a list of claims did, or would do; `absent` are claims of ours that it should have and has not."""

    file: str
    rows: tuple[ClaimRow, ...]
    absent: tuple[Absent, ...]

    def those(self, *replies: ListReply) -> tuple[ClaimRow, ...]:
        """Return the rows of some replies."""
        return tuple(row for row in self.rows if row.reply in replies)

    @property
    def problems(self) -> tuple[ClaimRow, ...]:
        """The rows that cannot be carried out."""
        return self.those(ListReply.PROBLEM)

    @property
    def changes(self) -> tuple[ClaimRow, ...]:
        """The rows that change something."""
        return self.those(*CHANGING)

    @property
    def counts(self) -> Mapping[ListReply, int]:
        """The rows by what they did; they add up to the rows of the file."""
        found = Counter(row.reply for row in self.rows)
        return {reply: found[reply] for reply in ListReply}

    @property
    def opened(self) -> int:
        """How many claims were opened."""
        return sum(row.opened for row in self.rows)

    @property
    def paid(self) -> int:
        """The rupiah that were recorded as paid."""
        return sum(row.amount or 0 for row in self.rows if row.pays)

"""What an enrolment of many asks for, and what it did."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.iuran import Payer, Programme, Sector, Terms
from jamsostek_cli.domain.month import Month, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Whom to enrol: everybody of a batch, of an agency, or single workers (by number or NIK).

    Or all who are active and `not_enrolled` in the months, or those whose cover by the payer ends with the
    month before them (`ending`), each on the terms of that cover.
    """

    batch: str | None = None
    agency: str | None = None
    people: tuple[str, ...] = ()
    not_enrolled: bool = False
    ending: bool = False

    @property
    def is_one(self) -> bool:
        """Whether people are chosen in one way, and not in several or in none."""
        named = (self.batch is not None, self.agency is not None, bool(self.people))
        return sum((*named, self.not_enrolled, self.ending)) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for: months included, wage basis in rupiah a month, `registered` when BPJS has them.

    `after_refusal` says why those whom BPJS has refused are enrolled all the same; without it they are not.

    `basis` is one of the table; `income` (rupiah a month, as reported) is looked up in it. Without either the
    lowest basis counts, which is what public money pays. Without `sector` everybody has that of their agency.
    """

    span: Span
    payer: Payer
    decree: str
    programmes: tuple[Programme, ...] = (Programme.JKK, Programme.JKM)
    basis: int | None = None
    income: int | None = None
    sector: Sector | None = None
    registered: bool = False
    after_refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who is not enrolled, with the name of the rule that stands in the way.

    `detail` is what the rule looks at, in codes: the day of death, the other record, the last covered month,
    payer and months, BPJS's words, a roster's note, the occupation, for an age "born=1958-10-01 age=65
    on=2023-10-01 limit=65"; empty where nothing is known. `said` is the same in words, `source` where the
    rule stands, for one of the office's own the reason it gave, None for one that needs none.
    `nik` is masked, further where a birth date stands beside it.
    """

    worker: str
    nik: str
    name: str
    rule: RefusalRule
    detail: str = ""
    said: str = ""
    source: str | None = None


class Accepted(NamedTuple):
    """Somebody who is enrolled, as lists name them: number, masked NIK, name."""

    worker: str
    nik: str
    name: str


class EnrolledShare(NamedTuple):
    """Those who are enrolled on the same terms; `rates` are the contribution of one of them by month."""

    terms: Terms
    heads: int
    rates: Mapping[Month, int]

    @property
    def steps(self) -> tuple[tuple[Span, int, int], ...]:
        """The contribution as (months, heads, rupiah a head and month), a step a rate."""
        runs = [list(months) for _, months in groupby(self.rates, key=self.rates.__getitem__)]
        return tuple((Span(run[0], run[-1]), self.heads, self.rates[run[0]]) for run in runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What an enrolment did or would do, in rupiah.

    `shares` are those of the same terms, one unless covers of several terms are renewed; `monthly` is the
    contribution of everybody for the first month, `cost` that for all months; of `without_card` people no
    card number (KPJ) is known, `again` are the workers whom BPJS had refused, `people` all who are enrolled.
    """

    shares: tuple[EnrolledShare, ...]
    refused: tuple[Refusal, ...]
    request: Request
    without_card: int = 0
    again: tuple[str, ...] = ()
    people: Sequence[Accepted] = ()

    @property
    def heads(self) -> int:
        """How many are enrolled."""
        return len(self.people)

    @property
    def monthly(self) -> int:
        """What all of them cost in the first month."""
        return sum(share.heads * share.rates[self.request.span.first] for share in self.shares)

    @property
    def cost(self) -> int:
        """What all of them cost in all months."""
        return sum(share.heads * sum(share.rates.values()) for share in self.shares)

    @property
    def rules(self) -> Mapping[RefusalRule, int]:
        """How many each rule refused."""
        return Counter(refusal.rule for refusal in self.refused)

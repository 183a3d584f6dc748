"""Who is protected in which months, as counts of people who are alike in everything that is published.

Of each person only what is published is read, and equal people are counted. Protected is as in
`reports.coverage`: alive at the end of the month (or on the day as of which it is told), JKK and JKM paid.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month

UNKNOWN: Final = ""
"""The category of whoever has none in the register."""
AGES: Final = ((18, "0-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"))
OLDEST: Final = "65+"


class Alike(NamedTuple):
    """People who are alike: `months` are pairs of a payer and the months paid, a bit for each month.

    `kelurahan` is a code; the age is that on the day as of which it is told.
    """

    kelurahan: str
    sex: str
    age: str
    occupation: str
    months: tuple[tuple[str, int], ...]

    @property
    def paid(self) -> int:
        """The months in which they are protected, whoever paid."""
        return sum(bits for _, bits in self.months)


def first_month(connection: Connection) -> Month | None:
    """Return the first month that is paid for anybody; None where none is."""
    (first,) = connection.execute("SELECT min(first_month) FROM paid_span").fetchone()
    return None if first is None else Month.parse(first)


_SPANS: Final = """
    SELECT person.id, person.kelurahan_code, person.sex, person.birth_date, person.occupation, person.died_on,
      enrolment.payer, first_month, last_month
    FROM paid_span
    JOIN enrolment ON enrolment.id = paid_span.enrolment_id
    JOIN worker AS record ON record.id = enrolment.worker_id
    JOIN worker AS person ON person.id = coalesce(record.merged_into, record.id)
    WHERE programmes GLOB 'jkk,jkm*' AND first_month <= ?
    ORDER BY person.id, enrolment.payer
"""


def alike(connection: Connection, first: Month, as_of: datetime.date) -> Counter[Alike]:
    """Return the people who were protected in any month from `first` to that of `as_of`."""
    last = Month.of(as_of)
    rows = connection.execute(_SPANS, (str(last),))
    people: Counter[Alike] = Counter()
    age, alive = cache(partial(_age, as_of=as_of)), cache(partial(_alive, first=first, as_of=as_of))
    for (_, kelurahan, sex, born, occupation, died), spans in groupby(rows, key=itemgetter(slice(6))):
        months = tuple(_paid(map(itemgetter(6, 7, 8), spans), first, alive(died)))
        if months:
            people[Alike(kelurahan or UNKNOWN, sex, age(born), occupation or UNKNOWN, months)] += 1
    return people


def _alive(died_on: str | None, first: Month, as_of: datetime.date) -> int:
    """Return the months at the end of which somebody lived, a bit for each."""
    many = Month.of(as_of).since(first) + 1
    if died_on is not None and died_on <= as_of.isoformat():
        many = Month.parse(died_on[:7]).since(first)
    return (1 << max(many, 0)) - 1


def _paid(spans: Iterable[tuple[str, str, str]], first: Month, alive: int) -> Iterator[tuple[str, int]]:
    """Yield who paid which months: of two payers of one month the first by name."""
    taken = 0
    for payer, of_payer in groupby(spans, key=itemgetter(0)):
        bits = 0
        for _, begins, ends in of_payer:
            bits |= _months(begins, ends, first)
        bits &= alive & ~taken
        taken |= bits
        if bits:
            yield payer, bits


@cache
def _months(begins: str, ends: str, first: Month) -> int:
    """Return the months of a span, a bit for each since `first`."""
    begin, end = Month.parse(begins).since(first), Month.parse(ends).since(first) + 1
    return (1 << end) - (1 << begin)


def _age(born: str, as_of: datetime.date) -> str:
    age = as_of.year - int(born[:4]) - (born[5:] > as_of.isoformat()[5:])
    return next((group for older, group in AGES if age < older), OLDEST)

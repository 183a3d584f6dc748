"""The tables that everybody may see: rows as they stand in the database that is published."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, ClaimState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.reports.publication.people import AGES, OLDEST, UNKNOWN, Alike
from jamsostek_cli.reports.publication.withholding import Shown, is_small, pair, rounded, shown
from jamsostek_cli.tables.plain import inert
from jamsostek_cli.tables.wording import payer_name, word

MILLION: Final = 1_000_000
NOT_KNOWN: Final = "tidak diketahui"
OTHERS: Final = "lainnya"
"""The occupations that are withheld, together: of a rare one even the name says too much."""
_SEXES: Final = MappingProxyType({"L": "laki-laki", "P": "perempuan"})

Row = tuple[str | int | None, ...]


class PublicTable(NamedTuple):
    """A table of the published database: `columns` as SQL declares them, the first `keys` of them its key."""

    name: str
    columns: tuple[str, ...]
    keys: int
    rows: Sequence[Row]


def of_people(
    people: Mapping[Alike, int], first: Month, months: int, kelurahan: Mapping[str, str]
) -> list[PublicTable]:
    """Return the tables of the protected: `kelurahan` are the names by code of all of the city, in order."""
    named = [str(first.plus(at)) for at in range(months)]
    by_kelurahan = _counts(people, months, [*kelurahan], lambda one: [(one.kelurahan, one.paid)])
    by_sex = _counts(people, months, ["L", "P"], lambda one: [(one.sex, one.paid)])
    by_age = _counts(people, months, [*(name for _, name in AGES), OLDEST], lambda one: [(one.age, one.paid)])
    jobs = sorted({one.occupation for one in people})
    by_job = _counts(people, months, jobs, lambda one: [(one.occupation, one.paid)])
    payers = sorted({payer for one in people for payer, _ in one.months})
    by_payer = _counts(people, months, payers, lambda one: one.months)
    return [
        _months(people, named, by_sex.total),
        PublicTable(
            "terlindungi_kelurahan",
            ("bulan TEXT", "kode TEXT", "kelurahan TEXT", "terlindungi INTEGER"),
            2,
            [
                (month, code or "-", kelurahan.get(code, NOT_KNOWN), count)
                for month, code, count in _rows(by_kelurahan, named)
            ],
        ),
        _by("jenis_kelamin", by_sex, named, lambda sex: _SEXES[sex]),
        _by("umur", by_age, named, str),
        _by("pekerjaan", by_job, named, str, together=True),
        _by("pembayar", by_payer, named, payer_name),
    ]


def _counts(
    people: Mapping[Alike, int],
    months: int,
    listed: Iterable[str],
    parts: Callable[[Alike], Iterable[tuple[str, int]]],
) -> Shown[str]:
    """Count people by month and by what they are; categories that are not listed come last."""
    counts = {key: [0] * months for key in listed}
    for one, many in people.items():
        for key, bits in parts(one):
            series = counts.setdefault(key, [0] * months)
            for at in range(months):
                series[at] += many * (bits >> at & 1)
    return shown(counts)


def _rows(made: Shown[str], months: Sequence[str]) -> Iterator[tuple[str, str, int | None]]:
    for at, month in enumerate(months):
        for key, series in made.cells.items():
            yield month, key, rounded(series[at])


def _by(
    name: str,
    made: Shown[str],
    months: Sequence[str],
    called: Callable[[str], str],
    *,
    together: bool = False,
) -> PublicTable:
    """Return a table of one property; `together` leaves the withheld categories out, but for their sum."""
    out = made.withheld if together else frozenset()
    rows: list[Row] = [
        (month, _harmless(called(key)) if key != UNKNOWN else NOT_KNOWN, count)
        for month, key, count in _rows(made, months)
        if key not in out
    ]
    rows += [(month, OTHERS, rounded(made.rest[at])) for at, month in enumerate(months) if out]
    columns = ("bulan TEXT", f"{name} TEXT", "terlindungi INTEGER")
    return PublicTable(f"terlindungi_{name}", columns, 2, rows)


def _harmless(words: str) -> str:
    """Return a text that somebody typed so that no spreadsheet runs it: Datasette hands out CSV, too."""
    return str(inert(words))


def _months(people: Mapping[Alike, int], months: Sequence[str], totals: Sequence[int | None]) -> PublicTable:
    """Return the protected of each month with who came and who went since the month before."""
    came, went = [0] * len(months), [0] * len(months)
    for one, many in people.items():
        paid = one.paid
        new, gone = paid & ~(paid << 1), (paid << 1) & ~paid
        for at in range(len(months)):
            came[at] += many * (new >> at & 1)
            went[at] += many * (gone >> at & 1)
    into, out = pair(came, went)
    rows: list[Row] = []
    for at, month in enumerate(months):
        known = totals[at] is not None and (at == 0 or totals[at - 1] is not None)
        flow = (into[at], out[at]) if known else (None, None)
        rows.append((month, *map(rounded, (totals[at], *flow))))
    columns = ("bulan TEXT", "terlindungi INTEGER", "masuk INTEGER", "keluar INTEGER")
    return PublicTable("terlindungi_bulan", columns, 1, rows)


def of_claims(connection: Connection, as_of: str) -> PublicTable:
    """Return the claims by the year in which they were reported, their kind and state."""
    counts: dict[str, Counter[tuple[str, str]]] = {}
    found = connection.execute(
        """
        SELECT substr(reported_on, 1, 4), kind, state, count(*) FROM v_claim WHERE reported_on <= ?
        GROUP BY 1, 2, 3 ORDER BY 1
        """,
        (as_of,),
    )
    for year, kind, state, many in found:
        counts.setdefault(year, Counter())[kind, state] = many
    rows: list[Row] = []
    for year, of_year in counts.items():
        every = {(kind.value, state.value): [0] for kind, state in product(ClaimKind, ClaimState)}
        cells = shown(every | {key: [many] for key, many in of_year.items()}).cells
        rows += [
            (year, word(ClaimKind(kind)), word(ClaimState(state)), rounded(count))
            for (kind, state), (count,) in cells.items()
        ]
    columns = ("tahun TEXT", "jenis TEXT", "keadaan TEXT", "klaim INTEGER")
    return PublicTable("klaim", columns, 3, rows)


def of_iuran(connection: Connection, last: Month) -> PublicTable:
    """Return what was paid for each month, all payers together, in whole millions of rupiah.

    A sum divided by the rate is a number of people: so it is rounded, and withheld where they are few.
    """
    found = connection.execute(
        """
        SELECT month, sum(heads), sum(amount) FROM v_bill WHERE state = 'paid' AND month <= ?
        GROUP BY month ORDER BY month
        """,
        (str(last),),
    )
    rows: list[Row] = [
        (month, None if is_small(heads) else round(amount / MILLION)) for month, heads, amount in found
    ]
    return PublicTable("iuran", ("bulan TEXT", "juta_rupiah INTEGER"), 1, rows)


def of_targets(connection: Connection) -> PublicTable:
    """Return the denominators of coverage, which others have counted, as the office recorded them."""
    found = connection.execute(
        """
        SELECT CAST(year AS TEXT), area_code, coalesce(
          (SELECT name FROM kelurahan WHERE code = area_code),
          (SELECT 'Kecamatan ' || max(kecamatan) FROM kelurahan WHERE kecamatan_code = area_code),
          'seluruh wilayah'
        ), segment, workers, source
        FROM v_workforce ORDER BY year, area_code, segment
        """
    )
    columns = (
        *("tahun TEXT", "kode TEXT", "kelurahan TEXT", "segmen TEXT"),
        *("pekerja INTEGER", "sumber TEXT"),
    )
    rows: list[Row] = [
        (year, code, name, segment, None if is_small(workers) else workers, _harmless(hidden(source)))
        for year, code, name, segment, workers, source in found
    ]
    return PublicTable("penyebut", columns, 4, rows)

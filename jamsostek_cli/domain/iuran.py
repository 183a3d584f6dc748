"""Contributions (iuran): who pays them, for which programmes and kind of work, and how far a bill is."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple


class Payer(StrEnum):
    """Who pays a contribution; the codes are stable."""

    CITY = "apbd-kota"
    PROVINCE = "apbd-provinsi"
    STATE = "apbn"
    COMPANY = "csr"
    SELF = "mandiri"


PUBLIC_PAYERS: Final = frozenset({Payer.CITY, Payer.PROVINCE, Payer.STATE})
"""Payers of public money: the reductions of PP 50/2025 are not for them (its article 3)."""


@lru_cache(maxsize=1024)
def payer_of(code: str) -> Payer | str:
    """Return the payer of a code; one that nobody else knows is shown as the office typed it.

    >>> payer_of("csr"), payer_of("pt-badak")
    (<Payer.COMPANY: 'csr'>, 'pt-badak')
    """
    try:
        return Payer(code)
    except ValueError:
        return code


class Programme(StrEnum):
    """A programme of Jamsostek that a member without an employer can be in."""

    JKK = "jkk"
    JKM = "jkm"
    JHT = "jht"


class Sector(StrEnum):
    """A kind of work; ojek, couriers and drivers are `transport`: PP 50/2025 reduces their share longer."""

    TRANSPORT = "transport"
    OTHER = "other"


class JoiningReason(StrEnum):
    """Why somebody is on a bill and was not on the one before; the codes are stable."""

    NEW_ENROLMENT = "new-enrolment"
    RE_ENTRY = "re-entry"
    OTHER_PAYER = "other-payer"


class LeavingReason(StrEnum):
    """Why somebody is not on a bill, in the order in which it is asked; the codes are stable."""

    MERGED = "merged"
    DECEASED = "deceased"
    MOVED = "moved"
    OTHER_PAYER = "other-payer"
    NOT_BILLED = "not-billed"
    ENDED = "ended"
    OVER_AGE = "over-age"
    EXPIRED = "expired"
    NOT_ENROLLED = "not-enrolled"


class Terms(NamedTuple):
    """On what a contribution depends: payer, kind of work, wage basis in rupiah a month, programmes.

    >>> terms = read_terms("apbd-kota", "other", 1_000_000, "jkk,jkm")
    >>> terms.payer is Payer.CITY, written_programmes(terms.programmes)
    (True, 'jkk,jkm')
    """

    payer: Payer
    sector: Sector
    basis: int
    programmes: tuple[Programme, ...]

    @property
    def rate_keys(self) -> tuple["RateKey", ...]:
        """The rates of a bill that make up the contribution of one member."""
        return tuple(RateKey(self.basis, self.sector, programme) for programme in self.programmes)


class RateKey(NamedTuple):
    """What one rate of a bill stands for: a wage basis in rupiah a month, a kind of work, a programme."""

    basis: int
    sector: Sector
    programme: Programme


# A city has a few dozen different terms and rates, read from tens of thousands of rows.
@lru_cache(maxsize=1024)
def read_programmes(codes: str) -> tuple[Programme, ...]:
    """Read programmes as they are stored, `jkk,jkm`; `ValueError` for one that is unknown."""
    return tuple(Programme(code) for code in codes.split(","))


def written_programmes(programmes: Iterable[Programme]) -> str:
    """Return programmes as they are stored."""
    return ",".join(programmes)


@lru_cache(maxsize=1024)
def read_terms(payer: str, sector: str, basis: int, programmes: str) -> Terms:
    """Read terms as they are stored; `ValueError` for a payer, sector or programme that is unknown."""
    return Terms(Payer(payer), Sector(sector), basis, read_programmes(programmes))


@lru_cache(maxsize=1024)
def read_rate_key(basis: int, sector: str, programme: str) -> RateKey:
    """Read what a rate stands for as it is stored; `ValueError` for a sector or programme that is unknown."""
    return RateKey(basis, Sector(sector), Programme(programme))


class BillState(StrEnum):
    """How far a bill has come: `computed` is reckoned now and stored nowhere."""

    COMPUTED = "computed"
    OPEN = "open"
    PAID = "paid"

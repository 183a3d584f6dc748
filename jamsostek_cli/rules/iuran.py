"""What a month's cover costs for a self-employed member (BPU); the contribution month decides.

Sources: PP 44/2015 annex II (JKK, JKM), PP 46/2015 (JHT), reductions by PP 49/2020 and PP 50/2025.
"""

from collections.abc import Collection

from jamsostek_cli.domain.iuran import PUBLIC_PAYERS, Programme
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.regulation import Regulation
from jamsostek_cli.rules.rupiah import whole_rupiah


def basis_for_income(income: int, month: Month, regulation: Regulation) -> int:
    """Return the wage basis (rupiah a month) for a reported monthly income of 0 or more."""
    reached = [basis for bound, basis in regulation.steps("iuran.bpu.basis", month) if bound <= income]
    return int(reached[-1])


def known_basis(basis: int, month: Month, regulation: Regulation) -> int:
    """Return the basis itself; E311 when the table of the month does not have it."""
    if basis not in regulation.table("iuran.bpu.basis", month).values():
        raise JcliError("E311", basis=basis)
    return basis


def monthly(
    *,
    month: Month,
    basis: int,
    programmes: Collection[str],
    payer: str,
    sector: str,
    regulation: Regulation,
) -> dict[str, int]:
    """Return the contribution of one member for one month, rupiah by programme.

    `sector` is `transport` or `other`. E311 for a basis that the table does not have.
    """
    known_basis(basis, month, regulation)
    factor = regulation.number("iuran.factor.all", month)
    # PP 50/2025 art. 3: what APBN or APBD pays is not reduced.
    if payer not in PUBLIC_PAYERS:
        factor *= regulation.number(f"iuran.factor.{sector}", month)
    full = {
        "jkk": basis * regulation.number("iuran.bpu.jkk_pct", month) * factor,
        "jkm": regulation.rupiah("iuran.bpu.jkm", month) * factor,
        "jht": basis * regulation.number("iuran.bpu.jht_pct", month),
    }
    return {
        programme.value: whole_rupiah(full[programme]) for programme in Programme if programme in programmes
    }

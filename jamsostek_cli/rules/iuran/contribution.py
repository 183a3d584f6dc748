"""What a month's cover costs for a self-employed member (BPU); the contribution month decides.

Sources: PP 44/2015 annex II (JKK, JKM), PP 46/2015 (JHT), reductions by PP 49/2020 and PP 50/2025.
"""

from jamsostek_cli.domain.iuran import PUBLIC_PAYERS, Programme, Terms
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.law.regulation import Regulation
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


def monthly(terms: Terms, month: Month, law: Regulation) -> dict[Programme, int]:
    """Return the contribution of one member for one month, rupiah by programme.

    E311 for a basis that the table does not have, E601 where a rate is not in force.
    """
    basis = known_basis(terms.basis, month, law)
    factor = law.number("iuran.factor.all", month)
    # PP 50/2025 art. 3: what APBN or APBD pays is not reduced.
    if terms.payer not in PUBLIC_PAYERS:
        factor *= law.number(f"iuran.factor.{terms.sector}", month)
    full = {
        Programme.JKK: basis * law.number("iuran.bpu.jkk_pct", month) * factor,
        Programme.JKM: law.rupiah("iuran.bpu.jkm", month) * factor,
        Programme.JHT: basis * law.number("iuran.bpu.jht_pct", month),
    }
    return {
        programme: whole_rupiah(full[programme]) for programme in Programme if programme in terms.programmes
    }


def rate(terms: Terms, month: Month, law: Regulation) -> int:
    """Return what one member costs in a month, all programmes together, in rupiah; errors as in `monthly`."""
    return sum(monthly(terms, month, law).values())

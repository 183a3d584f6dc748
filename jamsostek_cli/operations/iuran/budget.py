"""The budgets of the payers, year by year."""

from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import budgets as budgets_store
from jamsostek_cli.store.iuran.budgets import Budget


def put(db: Database, act: Act, *, year: int, payer: Payer, amount: int, source: str | None) -> int | None:
    """Set what a payer has for the contributions of a year, in rupiah; return what stood there before.

    A budget that is amended is set again: the latest counts, the earlier ones stay. Raises E366 for an
    amount that is not above 0.
    """
    if amount <= 0:
        raise JcliError("E366")
    with db.writing() as connection:
        before = budgets_store.find(connection, year, payer)
        seq = audit.record(
            connection,
            act,
            action="budget.set",
            subject=f"{year} {payer}",
            before=None if before is None else {"amount": before.amount},
            after={"amount": amount, "source": source},
        )
        budgets_store.put(connection, Budget(year, payer, amount, source, act.today), audit_seq=seq)
    return None if before is None else before.amount


def budgets(db: Database, year: int | None) -> list[Budget]:
    """Return the budgets in force, of all years or of one; E302 for one without where others have some."""
    with db.reading() as connection:
        found = budgets_store.current(connection, year)
        if not found and (others := {str(known.year) for known in budgets_store.current(connection, None)}):
            raise JcliError(
                "E302", what=str(year), near=" … ".join(dict.fromkeys((min(others), max(others))))
            )
        return found

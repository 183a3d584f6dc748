"""The payment of bills taken back: its months are owed again, its credits due again, its proof free again."""

from dataclasses import dataclass
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.iuran import payments


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidBills:
    """A payment of bills as stored, in rupiah, with its months; `supplements` are those it paid late."""

    id: int
    proof: str
    paid_on: str
    payer: Payer
    amount: int
    audit_seq: int
    months: tuple[Month, ...]
    supplements: tuple[Month, ...]

    @property
    def span(self) -> Span:
        """The first and the last of its months."""
        return Span(self.months[0], self.months[-1])


def find(connection: Connection, proof: str) -> PaidBills:
    """Return the payment with a proof number, in whatever way it is typed; E353 when there is none."""
    payment = payments.with_proof(connection, proof)
    if payment is None:
        raise JcliError("E353", proof=proof)
    row = connection.table("bill_payment").get(payment)
    paid = connection.execute(
        "SELECT month, supplement FROM bill WHERE payment_id = ? ORDER BY month", (payment,)
    ).fetchall()
    return PaidBills(
        **{**row, "payer": Payer(row["payer"])},
        months=tuple(Month.parse(month) for month, _ in paid),
        supplements=tuple(Month.parse(month) for month, supplement in paid if supplement),
    )


_RESTING: Final = """
    SELECT later.proof FROM bill AS own
    JOIN bill AS after ON after.month = own.month AND after.payer = own.payer
      AND after.supplement > own.supplement
    JOIN bill_payment AS later ON later.id = after.payment_id
    WHERE own.payment_id = :id AND later.id <> :id
    UNION ALL
    SELECT later.proof FROM correction_span
    JOIN bill AS credited ON credited.id = bill_id
    JOIN bill_payment AS later ON later.id = credited.payment_id
    WHERE later.id <> :id AND later.payer = :payer AND (supplement_payment_id = :id
      OR (supplement_payment_id IS NULL AND EXISTS (
        SELECT 1 FROM bill
        WHERE payment_id = :id AND supplement = 0 AND month BETWEEN first_month AND last_month
      )))
    UNION ALL
    SELECT later.proof FROM correction_span AS taken
    JOIN bill ON bill.id = taken.bill_id AND bill.payment_id = :id
    JOIN supplement_span AS anew ON anew.enrolment_id = taken.enrolment_id
      AND anew.first_month BETWEEN taken.first_month AND taken.last_month AND anew.payment_id > :id
    JOIN bill_payment AS later ON later.id = anew.payment_id
    LIMIT 1
"""


def refuse_what_rests_on(connection: Connection, payment: PaidBills) -> None:
    """Raise E354 while a later payment rests on this one.

    It has paid a supplement to one of its bills, took off what this one had paid too much, or paid anew what
    this one took off.
    """
    row = connection.execute(_RESTING, {"id": payment.id, "payer": payment.payer}).fetchone()
    if row is not None:
        raise JcliError("E354", proof=payment.proof, other=row[0])


def first_touched(connection: Connection, payment: PaidBills) -> Month:
    """Return the first month that will not be paid any more, or that no bill will take off any more."""
    (credited,) = connection.execute(
        "SELECT min(first_month) FROM correction_span JOIN bill ON bill.id = bill_id WHERE payment_id = ?",
        (payment.id,),
    ).fetchone()
    return payment.span.first if credited is None else min(payment.span.first, Month.parse(credited))


def take_back(connection: Connection, payment: PaidBills, *, on: str, reason: str, audit_seq: int) -> None:
    """Undo all that a payment has done and keep what it was: nobody has its months paid any more.

    Its bills are gone, the open ones of its months as well: they are reckoned anew by whoever calls.
    """
    _give_back_credits(connection, payment)
    for month in payment.months:
        _unpay(connection, payment, month)
    connection.table("supplement_span").delete_where("payment_id = ?", [payment.id])
    _remove_bills(connection, payment)
    _settle_merged(connection, payment.payer)
    connection.table("bill_payment").delete(payment.id)
    connection.table("bill_payment_void").insert(
        {
            "proof": payment.proof,
            "paid_on": payment.paid_on,
            "payer": payment.payer.value,
            "amount": payment.amount,
            "first_month": str(payment.span.first),
            "last_month": str(payment.span.last),
            "audit_seq": payment.audit_seq,
            "voided_on": on,
            "reason": reason,
            "void_audit_seq": audit_seq,
        }
    )


def _give_back_credits(connection: Connection, payment: PaidBills) -> None:
    """Mark the months as paid again that the payment's bills took off: no bill has credited them now."""
    its_bills = "bill_id IN (SELECT id FROM bill WHERE payment_id = ?)"
    credited = connection.execute(
        f"""
        SELECT enrolment_id, first_month, last_month FROM correction_span
        WHERE {its_bills} ORDER BY enrolment_id, first_month
        """,
        (payment.id,),
    ).fetchall()
    for enrolment_id, first, last in credited:
        before = str(Month.parse(first).plus(-1))
        grown = connection.execute(
            "UPDATE paid_span SET last_month = ? WHERE enrolment_id = ? AND last_month = ?",
            (last, enrolment_id, before),
        ).rowcount
        if not grown:
            connection.execute("INSERT INTO paid_span VALUES (?, ?, ?)", (enrolment_id, first, last))
    connection.table("correction_span").delete_where(its_bills, [payment.id])


def _unpay(connection: Connection, payment: PaidBills, month: Month) -> None:
    """Cut a month out of the paid spans of those for whom the payment has paid it."""
    supplement = month in payment.supplements
    theirs = (
        "SELECT enrolment_id FROM supplement_span WHERE payment_id = :payment AND first_month = :month",
        "SELECT id FROM enrolment WHERE payer = :payer",
    )
    chosen = f"enrolment_id IN ({theirs[not supplement]})"
    facts = {
        "payment": payment.id,
        "payer": payment.payer,
        "month": str(month),
        "before": str(month.plus(-1)),
        "next": str(month.plus(1)),
    }
    for statement in (
        f"""
        INSERT INTO paid_span SELECT enrolment_id, :next, last_month FROM paid_span
        WHERE {chosen} AND first_month < :month AND last_month > :month
        """,
        f"""
        UPDATE paid_span SET last_month = :before
        WHERE {chosen} AND first_month < :month AND last_month >= :month
        """,
        f"DELETE FROM paid_span WHERE {chosen} AND first_month = :month AND last_month = :month",
        f"UPDATE paid_span SET first_month = :next WHERE {chosen} AND first_month = :month",
    ):
        connection.execute(statement, facts)


def _remove_bills(connection: Connection, payment: PaidBills) -> None:
    """Remove the payment's bills, and the open ones beside them: supplements to bills that are unpaid now."""
    chosen = """id IN (
      SELECT other.id FROM bill AS own
      JOIN bill AS other ON other.month = own.month AND other.payer = own.payer
      WHERE own.payment_id = :payment AND (other.state = 'open' OR other.id = own.id)
    )"""
    facts = {"payment": payment.id}
    connection.execute(f"DELETE FROM bill_rate WHERE bill_id IN (SELECT id FROM bill WHERE {chosen})", facts)
    connection.execute(f"DELETE FROM bill WHERE {chosen}", facts)


def _settle_merged(connection: Connection, payer: Payer) -> None:
    """Let the enrolments of merged records end with the months that are still paid, as a merge ends them.

    Otherwise a month that is owed again would be billed twice for one person.
    """
    connection.execute(
        """
        UPDATE enrolment
        SET status = CASE WHEN last_paid IS NULL THEN 'refused' ELSE 'ended' END,
          end_month = coalesce(last_paid, planned_end_month)
        FROM (
          SELECT enrolment.id AS ending, max(last_month) AS last_paid
          FROM enrolment JOIN worker ON worker.id = worker_id AND worker.status = 'merged'
          LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE payer = ? AND enrolment.status = 'ended' AND before_death IS NOT NULL
          GROUP BY enrolment.id
        )
        WHERE id = ending
        """,
        (payer,),
    )

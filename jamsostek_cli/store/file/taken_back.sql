-- What was decided and then taken back, and on which days: the payment of contributions that never was, the day of
-- a rejection or withdrawal, the day an enrolment was recorded.
-- A payment of contributions that is taken back leaves `bill_payment`, because its months are owed again and its
-- proof may pay once more; what it was, and why it was taken back, stays here for ever.
CREATE TABLE bill_payment_void (
  id INTEGER PRIMARY KEY,
  proof TEXT NOT NULL CHECK (proof <> ''),
  paid_on TEXT NOT NULL,
  payer TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  first_month TEXT NOT NULL CHECK (first_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  last_month TEXT NOT NULL CHECK (last_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  audit_seq INTEGER NOT NULL,
  voided_on TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  void_audit_seq INTEGER NOT NULL,
  CHECK (first_month <= last_month)
) STRICT
--
CREATE TRIGGER bill_payment_void_is_never_changed BEFORE UPDATE ON bill_payment_void
BEGIN SELECT RAISE(ABORT, 'a payment that was taken back stays on record'); END
--
CREATE TRIGGER bill_payment_void_is_never_deleted BEFORE DELETE ON bill_payment_void
BEGIN SELECT RAISE(ABORT, 'a payment that was taken back stays on record'); END
--
-- Both a payment that was taken back and its reversing entry have voided = 1, as in v_payment.
CREATE VIEW v_bill_payment AS
SELECT proof, payer, (SELECT min(month) FROM bill WHERE payment_id = bill_payment.id) AS first_month,
  (SELECT max(month) FROM bill WHERE payment_id = bill_payment.id) AS last_month,
  amount, paid_on, 0 AS voided, NULL AS reason
FROM bill_payment
UNION ALL
SELECT proof, payer, first_month, last_month, amount, paid_on, 1, NULL FROM bill_payment_void
UNION ALL
SELECT proof, payer, first_month, last_month, -amount, voided_on, 1, reason FROM bill_payment_void
--
ALTER TABLE claim ADD COLUMN decided_on TEXT
--
ALTER TABLE enrolment ADD COLUMN recorded_on TEXT
--
DROP VIEW v_claim
--
CREATE VIEW v_claim AS
SELECT claim.number, claim.worker_id, worker.nik, claim.kind, claim.cause, claim.event_date,
  claim.reported_on, claim.state,
  (SELECT sum(amount) FROM claim_line WHERE claim_line.claim_id = claim.id) AS amount,
  (claim.question IS NOT NULL AND claim.confirmed IS NULL) AS needs_confirmation,
  claim.created_by, claim.verified_by, claim.paid_by, claim.paid_on, earlier.number AS reopens,
  claim.question, claim.confirmed, claim.verified_on, claim.decided_on
FROM claim
JOIN worker ON worker.id = claim.worker_id
LEFT JOIN claim AS earlier ON earlier.id = claim.reopens
--
DROP VIEW v_enrolment
--
CREATE VIEW v_enrolment AS
SELECT enrolment.id, enrolment.worker_id, worker.nik, enrolment.segment, enrolment.programmes,
  enrolment.payer, enrolment.decree, enrolment.kpj, enrolment.start_month, enrolment.end_month,
  enrolment.status, enrolment.basis, enrolment.sector, enrolment.end_reason, enrolment.recorded_on
FROM enrolment
JOIN worker ON worker.id = enrolment.worker_id
--
-- The paid months of people before BPJS first had them, as far as its answer is on record.
CREATE VIEW paid_before_registration (enrolment_id, first_month, last_month, registered_on) AS
SELECT enrolment.id, first_month,
  min(last_month, strftime('%Y-%m', substr(answered_on, 1, 7) || '-01', '-1 month')), answered_on
FROM submission_line AS line
JOIN enrolment ON enrolment.id = line.enrolment_id
JOIN paid_span ON paid_span.enrolment_id = enrolment.id AND first_month < substr(answered_on, 1, 7)
WHERE outcome = 'registered' AND NOT EXISTS (
  SELECT 1 FROM person_record AS own JOIN person_record AS every ON every.person_id = own.person_id
  JOIN enrolment AS earlier ON earlier.worker_id = every.record_id
  WHERE own.record_id = enrolment.worker_id AND earlier.start_month < enrolment.start_month
    AND (earlier.status = 'active' OR earlier.status = 'ended')
)

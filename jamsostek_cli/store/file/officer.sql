-- The officers of the office, the account and computer an act came from, and claims that the head approved.
CREATE TABLE officer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  roles TEXT NOT NULL CHECK (roles <> ''),
  login TEXT CHECK (login <> ''),
  added_on TEXT NOT NULL,
  ended_on TEXT
) STRICT
--
CREATE UNIQUE INDEX officer_once ON officer (name COLLATE NOCASE) WHERE ended_on IS NULL
--
CREATE VIEW v_officer AS
SELECT name, roles, login, added_on, ended_on FROM officer
--
ALTER TABLE audit ADD COLUMN origin TEXT
--
DROP VIEW v_audit
--
CREATE VIEW v_audit AS
SELECT seq, at, actor, command, action, subject, reason, hash, origin
FROM audit
--
ALTER TABLE claim ADD COLUMN approved_by TEXT
--
ALTER TABLE claim ADD COLUMN approved_on TEXT
--
DROP VIEW v_claim
--
CREATE VIEW v_claim AS
SELECT claim.number, claim.worker_id, worker.nik, claim.kind, claim.cause, claim.event_date,
  claim.reported_on, claim.state,
  (SELECT sum(amount) FROM claim_line WHERE claim_line.claim_id = claim.id) AS amount,
  (claim.question IS NOT NULL AND claim.confirmed IS NULL) AS needs_confirmation,
  claim.created_by, claim.verified_by, claim.paid_by, claim.paid_on, earlier.number AS reopens,
  claim.question, claim.confirmed, claim.verified_on, claim.decided_on, claim.approved_by,
  claim.approved_on
FROM claim
JOIN worker ON worker.id = claim.worker_id
LEFT JOIN claim AS earlier ON earlier.id = claim.reopens

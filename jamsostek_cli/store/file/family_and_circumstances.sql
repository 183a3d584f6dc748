-- What a claim of every kind rests on, whose family it is for, who holds which paper, and what was promised.
ALTER TABLE claim ADD COLUMN school_year INTEGER CHECK (school_year BETWEEN 1900 AND 9999)
--
ALTER TABLE claim ADD COLUMN follows INTEGER REFERENCES claim (id)
--
ALTER TABLE claim ADD COLUMN submitted_on TEXT
--
ALTER TABLE claim ADD COLUMN receipt TEXT
--
ALTER TABLE claim ADD COLUMN filed_by TEXT CHECK (filed_by IN ('office', 'family'))
--
ALTER TABLE claim ADD COLUMN rejected_for TEXT
--
-- A scholarship is claimed again for every school year of one event.
DROP INDEX claim_once_per_event
--
CREATE UNIQUE INDEX claim_once_per_event ON claim (worker_id, kind, event_date, coalesce(school_year, 0))
WHERE state NOT IN ('rejected', 'withdrawn')
--
-- The facts that only some claims have; a claim without a row has none of them. `died_on` is the later death of
-- somebody whom an accident killed. Months are counted whole.
CREATE TABLE claim_circumstance (
  claim_id INTEGER PRIMARY KEY REFERENCES claim (id),
  died_on TEXT,
  total_disability INTEGER NOT NULL DEFAULT 0 CHECK (total_disability IN (0, 1)),
  months_unable INTEGER NOT NULL DEFAULT 0 CHECK (months_unable >= 0),
  home_care_months INTEGER NOT NULL DEFAULT 0 CHECK (home_care_months >= 0),
  traffic INTEGER NOT NULL DEFAULT 0 CHECK (traffic IN (0, 1)),
  lost_at_sea INTEGER NOT NULL DEFAULT 0 CHECK (lost_at_sea IN (0, 1))
) STRICT
--
-- `share` is the part of the function that is lost, a decimal above 0 and up to 1.
CREATE TABLE claim_loss (
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  part TEXT NOT NULL CHECK (part <> ''),
  share TEXT NOT NULL CHECK (CAST(share AS REAL) > 0 AND CAST(share AS REAL) <= 1),
  PRIMARY KEY (claim_id, part)
) STRICT, WITHOUT ROWID
--
CREATE TABLE claim_expense (
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  name TEXT NOT NULL CHECK (name <> ''),
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (claim_id, name)
) STRICT, WITHOUT ROWID
--
-- A member's child; `registered` where the member had it registered at BPJS.
CREATE TABLE child (
  id INTEGER PRIMARY KEY,
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  name TEXT NOT NULL CHECK (name <> ''),
  birth_date TEXT NOT NULL,
  registered INTEGER NOT NULL DEFAULT 0 CHECK (registered IN (0, 1)),
  recorded_by TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  UNIQUE (worker_id, name, birth_date)
) STRICT
--
-- A child in a claim: what it attends in the school year, how it works, the years paid at that level before.
CREATE TABLE claim_child (
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  child_id INTEGER NOT NULL REFERENCES child (id),
  level TEXT CHECK (level IN ('tk', 'sd', 'smp', 'sma', 'university', 'training')),
  working INTEGER NOT NULL DEFAULT 0 CHECK (working IN (0, 1)),
  work TEXT CHECK (work IN ('bpu', 'intern', 'pu')),
  work_months INTEGER CHECK (work_months >= 0),
  married INTEGER NOT NULL DEFAULT 0 CHECK (married IN (0, 1)),
  years_used INTEGER NOT NULL DEFAULT 0 CHECK (years_used >= 0),
  PRIMARY KEY (claim_id, child_id)
) STRICT, WITHOUT ROWID
--
-- Who may be paid after a death: heirs, and who arranged the burial. `share` is a decimal above 0 and up to 1 where
-- the family has agreed on one. `guardian` and `guardian_basis` (the court's decision) stand for an heir under age.
CREATE TABLE heir (
  id INTEGER PRIMARY KEY,
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  name TEXT NOT NULL CHECK (name <> ''),
  relation TEXT NOT NULL CHECK (relation IN
    ('spouse', 'child', 'parent', 'grandparent', 'grandchild', 'sibling', 'parent-in-law', 'will', 'court', 'burial')),
  nik TEXT CHECK (nik IS NULL OR nik GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  birth_date TEXT,
  died_on TEXT,
  phone TEXT,
  share TEXT CHECK (share IS NULL OR (CAST(share AS REAL) > 0 AND CAST(share AS REAL) <= 1)),
  basis TEXT,
  guardian TEXT,
  guardian_basis TEXT,
  recorded_by TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  removed_on TEXT
) STRICT
--
CREATE INDEX heir_by_worker ON heir (worker_id)
--
CREATE INDEX child_by_worker ON child (worker_id)
--
-- With whom the office speaks about a claim, to whom it will be paid, and on which day it looks again.
CREATE TABLE claim_family (
  claim_id INTEGER PRIMARY KEY REFERENCES claim (id),
  contact TEXT,
  contact_phone TEXT,
  payee TEXT,
  payee_capacity TEXT CHECK (payee_capacity IN ('member', 'heir', 'guardian', 'attorney', 'funeral', 'other')),
  payee_heir INTEGER REFERENCES heir (id),
  payee_reason TEXT,
  bank TEXT,
  account TEXT,
  next_on TEXT
) STRICT
--
CREATE INDEX claim_family_by_account ON claim_family (account) WHERE account IS NOT NULL
--
CREATE INDEX claim_family_by_phone ON claim_family (contact_phone) WHERE contact_phone IS NOT NULL
--
CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  visited_on TEXT NOT NULL,
  person TEXT,
  said TEXT NOT NULL CHECK (said <> ''),
  next_on TEXT,
  recorded_by TEXT NOT NULL,
  recorded_on TEXT NOT NULL
) STRICT
--
CREATE INDEX visit_by_claim ON visit (claim_id)
--
-- Who holds a paper now, and the papers that were there before: replaced, or taken back.
ALTER TABLE claim_document ADD COLUMN held_by TEXT NOT NULL DEFAULT 'office'
  CHECK (held_by IN ('office', 'family', 'bpjs'))
--
CREATE TABLE claim_document_past (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  name TEXT NOT NULL,
  file TEXT,
  sha256 TEXT,
  held_by TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  ended_by TEXT NOT NULL,
  ended_on TEXT NOT NULL,
  replaced INTEGER NOT NULL CHECK (replaced IN (0, 1)),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT
--
CREATE INDEX claim_document_past_by_claim ON claim_document_past (claim_id)
--
CREATE TRIGGER claim_document_past_is_never_changed BEFORE UPDATE ON claim_document_past
BEGIN SELECT RAISE(ABORT, 'a paper that was there stays on record'); END
--
CREATE TRIGGER claim_document_past_is_never_deleted BEFORE DELETE ON claim_document_past
BEGIN SELECT RAISE(ABORT, 'a paper that was there stays on record'); END
--
-- A claim drawn for a second look: why it was drawn, and what was found.
CREATE TABLE second_look (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  month TEXT NOT NULL,
  seed INTEGER NOT NULL,
  risks TEXT NOT NULL,
  drawn_by TEXT NOT NULL,
  drawn_on TEXT NOT NULL,
  found TEXT CHECK (found IN ('in-order', 'not-in-order')),
  words TEXT,
  looked_by TEXT,
  looked_on TEXT,
  UNIQUE (claim_id, month, seed),
  CHECK ((found IS NULL) = (looked_on IS NULL) AND (found IS NULL) = (looked_by IS NULL))
) STRICT
--
-- In which capacity and on which account somebody was paid, as it was on the day.
ALTER TABLE payment ADD COLUMN capacity TEXT
  CHECK (capacity IN ('member', 'heir', 'guardian', 'attorney', 'funeral', 'other'))
--
ALTER TABLE payment ADD COLUMN account TEXT
--
DROP TRIGGER payment_is_only_voided
--
CREATE TRIGGER payment_is_only_voided BEFORE UPDATE ON payment
WHEN NOT (OLD.voided = 0 AND NEW.voided = 1
  AND (NEW.id, NEW.claim_id, NEW.line, NEW.amount, NEW.paid_on, NEW.payer, NEW.proof, NEW.audit_seq)
    = (OLD.id, OLD.claim_id, OLD.line, OLD.amount, OLD.paid_on, OLD.payer, OLD.proof, OLD.audit_seq)
  AND NEW.payee IS OLD.payee AND NEW.reverses IS OLD.reverses
  AND NEW.capacity IS OLD.capacity AND NEW.account IS OLD.account)
BEGIN SELECT RAISE(ABORT, 'a payment is never edited, only voided'); END
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
  claim.approved_on, claim.school_year, first.number AS follows, claim.submitted_on, claim.receipt,
  claim.filed_by, claim.rejected_for
FROM claim
JOIN worker ON worker.id = claim.worker_id
LEFT JOIN claim AS earlier ON earlier.id = claim.reopens
LEFT JOIN claim AS first ON first.id = claim.follows
--
DROP VIEW v_payment
--
CREATE VIEW v_payment AS
SELECT claim.number, payment.line, payment.amount, payment.paid_on, payment.payee, payment.payer,
  payment.proof, payment.voided, payment.capacity, payment.account
FROM payment
JOIN claim ON claim.id = payment.claim_id
--
CREATE VIEW v_claim_circumstance AS
SELECT claim.number, died_on, total_disability, months_unable, home_care_months, traffic, lost_at_sea
FROM claim_circumstance
JOIN claim ON claim.id = claim_circumstance.claim_id
--
CREATE VIEW v_claim_loss AS
SELECT claim.number, part, share
FROM claim_loss
JOIN claim ON claim.id = claim_loss.claim_id
--
CREATE VIEW v_claim_expense AS
SELECT claim.number, name, amount
FROM claim_expense
JOIN claim ON claim.id = claim_expense.claim_id
--
CREATE VIEW v_child AS
SELECT child.id, worker_id, name, birth_date, registered, recorded_by, recorded_on
FROM child
--
CREATE VIEW v_claim_child AS
SELECT claim.number, child_id, level, working, work, work_months, married, years_used
FROM claim_child
JOIN claim ON claim.id = claim_child.claim_id
--
CREATE VIEW v_heir AS
SELECT id, worker_id, name, relation, nik, birth_date, died_on, phone, share, basis, guardian, guardian_basis,
  recorded_by, recorded_on, removed_on
FROM heir
--
CREATE VIEW v_claim_family AS
SELECT claim.number, contact, contact_phone, payee, payee_capacity, payee_heir, payee_reason, bank, account, next_on
FROM claim_family
JOIN claim ON claim.id = claim_family.claim_id
--
CREATE VIEW v_visit AS
SELECT visit.id, claim.number, visited_on, person, said, next_on, recorded_by, recorded_on
FROM visit
JOIN claim ON claim.id = visit.claim_id
--
CREATE VIEW v_claim_document AS
SELECT claim.number, claim_document.name, file, sha256, held_by, recorded_by, recorded_on, NULL AS ended_on,
  NULL AS reason
FROM claim_document
JOIN claim ON claim.id = claim_document.claim_id
UNION ALL
SELECT claim.number, claim_document_past.name, file, sha256, held_by, recorded_by, recorded_on, ended_on, reason
FROM claim_document_past
JOIN claim ON claim.id = claim_document_past.claim_id
--
CREATE VIEW v_second_look AS
SELECT claim.number, month, seed, risks, drawn_by, drawn_on, found, words, looked_by, looked_on
FROM second_look
JOIN claim ON claim.id = second_look.claim_id

CREATE UNIQUE INDEX batch_once_per_content ON batch (sha256) WHERE undone_on IS NULL;

CREATE INDEX change_made_by_batch ON change_made (batch_id);

CREATE INDEX change_made_by_worker ON change_made (worker_id);

CREATE INDEX child_by_worker ON child (worker_id);

CREATE INDEX claim_by_state ON claim (state, reported_on);

CREATE INDEX claim_by_worker ON claim (worker_id);

CREATE INDEX claim_document_past_by_claim ON claim_document_past (claim_id);

CREATE INDEX claim_family_by_account ON claim_family (account) WHERE account IS NOT NULL;

CREATE INDEX claim_family_by_phone ON claim_family (contact_phone) WHERE contact_phone IS NOT NULL;

CREATE UNIQUE INDEX claim_once_per_event ON claim (worker_id, kind, event_date, coalesce(school_year, 0))
WHERE state NOT IN ('rejected', 'withdrawn');

CREATE UNIQUE INDEX claim_one_death_benefit ON claim (worker_id)
WHERE kind IN ('jkm', 'jkk-death') AND state NOT IN ('rejected', 'withdrawn');

CREATE INDEX correction_span_by_bill ON correction_span (bill_id);

CREATE INDEX elsewhere_by_batch ON elsewhere (batch_id);

CREATE UNIQUE INDEX elsewhere_by_nik ON elsewhere (nik, payer, first_month);

CREATE INDEX enrolment_by_kpj ON enrolment (kpj) WHERE kpj IS NOT NULL;

CREATE INDEX enrolment_by_payer ON enrolment (payer, status, start_month);

CREATE INDEX enrolment_by_worker ON enrolment (worker_id, start_month);

CREATE INDEX enrolment_ending ON enrolment (end_month) WHERE status = 'active' AND end_reason IS NULL
;

CREATE INDEX heir_by_worker ON heir (worker_id);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE UNIQUE INDEX month_closing_once ON month_closing (month) WHERE undone_on IS NULL;

CREATE UNIQUE INDEX officer_once ON officer (name COLLATE NOCASE) WHERE ended_on IS NULL;

CREATE INDEX payment_by_proof ON payment (proof);

CREATE UNIQUE INDEX payment_once_per_line ON payment (claim_id, line) WHERE voided = 0;

CREATE INDEX roster_row_by_worker ON roster_row (worker_id);

CREATE INDEX roster_row_open ON roster_row (batch_id) WHERE fixed_by IS NULL AND outcome IN ('review', 'rejected');

CREATE INDEX search_word_backwards ON search_word (backwards);

CREATE INDEX search_word_forwards ON search_word (word);

CREATE INDEX submission_line_by_enrolment ON submission_line (enrolment_id);

CREATE UNIQUE INDEX submission_open_once ON submission_line (worker_id) WHERE outcome IS NULL;

CREATE INDEX visit_by_claim ON visit (claim_id);

CREATE INDEX worker_by_birth_date ON worker (birth_date);

CREATE INDEX worker_by_death ON worker (died_on) WHERE died_on IS NOT NULL;

CREATE INDEX worker_by_family_card ON worker (family_card) WHERE family_card IS NOT NULL;

CREATE INDEX worker_by_merged_into ON worker (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX worker_by_person ON worker (CAST(coalesce(merged_into, id) AS INTEGER));

CREATE INDEX worker_by_phone ON worker (phone) WHERE phone IS NOT NULL;

CREATE INDEX worker_change_by_worker ON worker_change (worker_id, field);

CREATE INDEX worker_correction_by_worker ON worker_correction (worker_id, field);

CREATE INDEX worker_correction_of_nik ON worker_correction (old) WHERE field = 'nik';

CREATE TABLE agency (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> '')
, sector TEXT CHECK (sector IN ('transport', 'other')), occupation TEXT) STRICT;

CREATE TABLE agency_heading (
  agency_id INTEGER NOT NULL REFERENCES agency (id),
  field TEXT NOT NULL CHECK (field <> ''),
  heading TEXT NOT NULL CHECK (heading <> ''),
  PRIMARY KEY (agency_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE area (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  command TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
, origin TEXT, changes TEXT) STRICT;

CREATE TABLE audit_change (
  seq INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  part INTEGER NOT NULL CHECK (part >= 0),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  members TEXT CHECK (length(members) = 64),
  kept BLOB NOT NULL,
  PRIMARY KEY (seq, part)
) STRICT;

CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  agency_id INTEGER REFERENCES agency (id),
  imported_on TEXT NOT NULL,
  actor TEXT NOT NULL,
  rows INTEGER NOT NULL CHECK (rows > 0),
  undone_on TEXT,
  fixes INTEGER REFERENCES batch (id),
  purpose TEXT NOT NULL DEFAULT 'register'
  CHECK (purpose IN ('register', 'covered-elsewhere', 'changes'))) STRICT;

CREATE TABLE batch_count (
  batch_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (batch_id, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_sheet (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  header_row INTEGER,
  rows INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  columns TEXT NOT NULL,
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE bill (
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  payer TEXT NOT NULL,
  supplement INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('open', 'paid')),
  heads INTEGER NOT NULL CHECK (heads > 0),
  amount INTEGER NOT NULL CHECK (amount > 0),
  correction INTEGER NOT NULL DEFAULT 0 CHECK (correction <= 0),
  payment_id INTEGER REFERENCES bill_payment (id),
  people INTEGER NOT NULL DEFAULT 0,
  UNIQUE (month, payer, supplement),
  CHECK ((state = 'paid') = (payment_id IS NOT NULL))
) STRICT;

CREATE TABLE bill_payment (
  id INTEGER PRIMARY KEY,
  proof TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (proof <> ''),
  paid_on TEXT NOT NULL,
  payer TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  audit_seq INTEGER NOT NULL
) STRICT;

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
) STRICT;

CREATE TABLE bill_rate (
  bill_id INTEGER NOT NULL REFERENCES bill (id),
  basis INTEGER NOT NULL,
  sector TEXT NOT NULL DEFAULT 'other',
  programme TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (bill_id, basis, sector, programme)
) STRICT, WITHOUT ROWID;

CREATE TABLE budget (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  payer TEXT NOT NULL CHECK (payer <> ''),
  amount INTEGER NOT NULL CHECK (amount > 0),
  source TEXT,
  recorded_on TEXT NOT NULL,
  audit_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE calendar_day (
  day TEXT PRIMARY KEY CHECK (day GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  workday INTEGER NOT NULL CHECK (workday IN (0, 1)),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE change_made (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  sheet INTEGER NOT NULL,
  row INTEGER NOT NULL CHECK (row > 0),
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  place TEXT NOT NULL CHECK (place IN ('worker', 'enrolment', 'elsewhere', 'submission_line')),
  place_id INTEGER NOT NULL,
  field TEXT NOT NULL CHECK (field <> ''),
  old TEXT,
  new TEXT,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  CHECK (old IS NOT new)
) STRICT;

CREATE TABLE child (
  id INTEGER PRIMARY KEY,
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  name TEXT NOT NULL CHECK (name <> ''),
  birth_date TEXT NOT NULL,
  registered INTEGER NOT NULL DEFAULT 0 CHECK (registered IN (0, 1)),
  recorded_by TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  UNIQUE (worker_id, name, birth_date)
) STRICT;

CREATE TABLE claim (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  kind TEXT NOT NULL CHECK (kind IN
    ('jkm', 'jkk-death', 'jkk-disability', 'jkk-treatment', 'scholarship', 'santunan')),
  cause TEXT NOT NULL,
  event_date TEXT NOT NULL,
  reported_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('reported', 'submitted', 'verified', 'paid', 'rejected', 'withdrawn')),
  question TEXT,
  confirmed TEXT CHECK (confirmed IN ('full', 'reduced')),
  created_by TEXT NOT NULL,
  verified_by TEXT,
  verified_on TEXT,
  paid_by TEXT,
  paid_on TEXT,
  reopens INTEGER REFERENCES claim (id), decided_on TEXT, approved_by TEXT, approved_on TEXT, school_year INTEGER CHECK (school_year BETWEEN 1900 AND 9999), follows INTEGER REFERENCES claim (id), submitted_on TEXT, receipt TEXT, filed_by TEXT CHECK (filed_by IN ('office', 'family')), rejected_for TEXT,
  CHECK (state <> 'verified' OR verified_by IS NOT NULL),
  CHECK ((state = 'paid') = (paid_on IS NOT NULL)),
  CHECK (state <> 'paid' OR (paid_by IS NOT NULL AND verified_by IS NOT NULL))
) STRICT;

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
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_circumstance (
  claim_id INTEGER PRIMARY KEY REFERENCES claim (id),
  died_on TEXT,
  total_disability INTEGER NOT NULL DEFAULT 0 CHECK (total_disability IN (0, 1)),
  months_unable INTEGER NOT NULL DEFAULT 0 CHECK (months_unable >= 0),
  home_care_months INTEGER NOT NULL DEFAULT 0 CHECK (home_care_months >= 0),
  traffic INTEGER NOT NULL DEFAULT 0 CHECK (traffic IN (0, 1)),
  lost_at_sea INTEGER NOT NULL DEFAULT 0 CHECK (lost_at_sea IN (0, 1))
) STRICT;

CREATE TABLE claim_document (
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  name TEXT NOT NULL,
  file TEXT,
  sha256 TEXT,
  recorded_by TEXT NOT NULL,
  recorded_on TEXT NOT NULL, held_by TEXT NOT NULL DEFAULT 'office'
  CHECK (held_by IN ('office', 'family', 'bpjs')),
  PRIMARY KEY (claim_id, name)
) STRICT, WITHOUT ROWID;

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
) STRICT;

CREATE TABLE claim_expense (
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  name TEXT NOT NULL CHECK (name <> ''),
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (claim_id, name)
) STRICT, WITHOUT ROWID;

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
) STRICT;

CREATE TABLE claim_line (
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  line INTEGER NOT NULL CHECK (line > 0),
  component TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  citation TEXT NOT NULL CHECK (citation <> ''),
  PRIMARY KEY (claim_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_loss (
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  part TEXT NOT NULL CHECK (part <> ''),
  share TEXT NOT NULL CHECK (CAST(share AS REAL) > 0 AND CAST(share AS REAL) <= 1),
  PRIMARY KEY (claim_id, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE correction_span (
  bill_id INTEGER NOT NULL REFERENCES bill (id),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  first_month TEXT NOT NULL,
  last_month TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount < 0),
  reason TEXT NOT NULL CHECK (reason <> ''),
  supplement_payment_id INTEGER REFERENCES bill_payment (id),
  PRIMARY KEY (enrolment_id, first_month, bill_id),
  CHECK (first_month <= last_month)
) STRICT, WITHOUT ROWID;

CREATE TABLE elsewhere (
  id INTEGER PRIMARY KEY,
  nik TEXT NOT NULL CHECK (length(nik) = 16 AND nik NOT GLOB '*[^0-9]*'),
  name TEXT NOT NULL CHECK (name <> ''),
  birth_date TEXT,
  payer TEXT NOT NULL CHECK (payer <> ''),
  first_month TEXT NOT NULL CHECK (first_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  last_month TEXT NOT NULL CHECK (last_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  sheet INTEGER NOT NULL,
  row INTEGER NOT NULL CHECK (row > 0),
  CHECK (first_month <= last_month)
) STRICT;

CREATE TABLE enrolled_batch (batch_id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE enrolled_twice (worker_id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY,
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  segment TEXT NOT NULL CHECK (segment IN ('bpu', 'pu')),
  programmes TEXT NOT NULL CHECK (programmes <> ''),
  payer TEXT NOT NULL CHECK (payer <> ''),
  decree TEXT,
  basis INTEGER NOT NULL CHECK (basis > 0),
  kpj TEXT CHECK (length(kpj) = 11 AND kpj NOT GLOB '*[^0-9]*'),
  start_month TEXT NOT NULL CHECK (start_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  end_month TEXT NOT NULL CHECK (end_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  planned_end_month TEXT NOT NULL,
  before_death TEXT,
  status TEXT NOT NULL CHECK (status = 'proposed' OR status = 'submitted' OR status = 'active'
    OR status = 'refused' OR status = 'ended'),
  sector TEXT NOT NULL DEFAULT 'other' CHECK (sector IN ('transport', 'other')),
  end_reason TEXT, recorded_on TEXT,
  CHECK (start_month <= end_month)
) STRICT;

CREATE TABLE enrolment_count (
  payer TEXT NOT NULL,
  status TEXT NOT NULL,
  start_month TEXT NOT NULL,
  end_month TEXT NOT NULL,
  has_reason INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (payer, status, start_month, end_month, has_reason)
) STRICT, WITHOUT ROWID;

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
) STRICT;

CREATE TABLE kelurahan (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kecamatan_code TEXT NOT NULL,
  kecamatan TEXT NOT NULL,
  spellings TEXT NOT NULL
) STRICT;

CREATE TABLE likeness (
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
  reasons TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  decision TEXT CHECK (decision IN ('same', 'different')),
  decided_by TEXT,
  decided_on TEXT,
  PRIMARY KEY (low, high),
  CHECK (low < high),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE month_closing (
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  closed_on TEXT NOT NULL,
  closed_by TEXT NOT NULL CHECK (closed_by <> ''),
  state_seq INTEGER NOT NULL,
  state_hash TEXT NOT NULL CHECK (length(state_hash) = 64),
  registered INTEGER NOT NULL,
  enrolled INTEGER NOT NULL,
  protected INTEGER NOT NULL,
  opening INTEGER NOT NULL,
  joined INTEGER NOT NULL,
  died INTEGER NOT NULL,
  lapsed INTEGER NOT NULL,
  closing INTEGER NOT NULL,
  deaths INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  claims_paid INTEGER NOT NULL,
  amount_paid INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  figures TEXT NOT NULL,
  audit_seq INTEGER NOT NULL,
  undone_on TEXT,
  undone_by TEXT,
  undone_for TEXT,
  undo_audit_seq INTEGER,
  CHECK ((undone_on IS NULL) = (undone_by IS NULL) AND (undone_on IS NULL) = (undone_for IS NULL)
    AND (undone_on IS NULL) = (undo_audit_seq IS NULL))
) STRICT;

CREATE TABLE officer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  roles TEXT NOT NULL CHECK (roles <> ''),
  login TEXT CHECK (login <> ''),
  added_on TEXT NOT NULL,
  ended_on TEXT
) STRICT;

CREATE TABLE paid_count (
  payer TEXT NOT NULL,
  status TEXT NOT NULL,
  first_month TEXT NOT NULL,
  last_month TEXT NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (payer, status, first_month, last_month)
) STRICT, WITHOUT ROWID;

CREATE TABLE paid_span (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  first_month TEXT NOT NULL,
  last_month TEXT NOT NULL,
  PRIMARY KEY (enrolment_id, first_month),
  CHECK (first_month <= last_month)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  line INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  paid_on TEXT NOT NULL,
  payee TEXT,
  payer TEXT NOT NULL,
  proof TEXT NOT NULL COLLATE NOCASE CHECK (proof <> ''),
  audit_seq INTEGER NOT NULL,
  reverses INTEGER UNIQUE REFERENCES payment (id),
  voided INTEGER NOT NULL DEFAULT 0 CHECK (voided IN (0, 1)), capacity TEXT
  CHECK (capacity IN ('member', 'heir', 'guardian', 'attorney', 'funeral', 'other')), account TEXT,
  CHECK ((reverses IS NOT NULL) = (amount < 0)),
  FOREIGN KEY (claim_id, line) REFERENCES claim_line (claim_id, line)
) STRICT;

CREATE TABLE refused_bearer (
  nik TEXT NOT NULL,
  name_key TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  PRIMARY KEY (nik, name_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_row (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  sheet INTEGER NOT NULL,
  row INTEGER NOT NULL CHECK (row > 0),
  outcome TEXT NOT NULL CHECK (outcome = 'new' OR outcome = 'changed' OR outcome = 'unchanged'
    OR outcome = 'duplicate' OR outcome = 'review' OR outcome = 'rejected' OR outcome = 'undone'),
  worker_id INTEGER REFERENCES worker (id),
  same_as_sheet INTEGER,
  same_as_row INTEGER,
  codes TEXT NOT NULL,
  findings TEXT,
  raw TEXT,
  kelurahan_code TEXT REFERENCES kelurahan (code),
  fixed_by INTEGER REFERENCES batch (id),
  facts TEXT,
  PRIMARY KEY (batch_id, sheet, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_word (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL CHECK (word <> ''),
  backwards TEXT NOT NULL CHECK (length(backwards) = length(word)),
  first INTEGER NOT NULL,
  workers BLOB NOT NULL CHECK (length(workers) > 0 AND length(workers) % 4 = 0)
) STRICT;

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
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  made_on TEXT NOT NULL,
  actor TEXT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  heads INTEGER NOT NULL CHECK (heads > 0)
) STRICT;

CREATE TABLE submission_line (
  submission_id INTEGER NOT NULL REFERENCES submission (id),
  line INTEGER NOT NULL CHECK (line > 0),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  outcome TEXT CHECK (outcome IN ('registered', 'refused', 'withdrawn')),
  reason TEXT,
  answered_on TEXT,
  PRIMARY KEY (submission_id, line),
  CHECK ((outcome IS NULL) = (answered_on IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE supplement_span (
  payment_id INTEGER NOT NULL REFERENCES bill_payment (id),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  first_month TEXT NOT NULL,
  last_month TEXT NOT NULL,
  PRIMARY KEY (enrolment_id, first_month, payment_id),
  CHECK (first_month <= last_month)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES claim (id),
  visited_on TEXT NOT NULL,
  person TEXT,
  said TEXT NOT NULL CHECK (said <> ''),
  next_on TEXT,
  recorded_by TEXT NOT NULL,
  recorded_on TEXT NOT NULL
) STRICT;

CREATE TABLE worker (
  id INTEGER PRIMARY KEY,
  nik TEXT NOT NULL UNIQUE CHECK (length(nik) = 16 AND nik NOT GLOB '*[^0-9]*'),
  name TEXT NOT NULL CHECK (name <> ''),
  birth_place TEXT,
  birth_date TEXT NOT NULL CHECK (birth_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  sex TEXT NOT NULL CHECK (sex IN ('L', 'P')),
  mother_name TEXT,
  family_card TEXT,
  phone TEXT,
  address TEXT,
  rt TEXT,
  rw TEXT,
  kelurahan_code TEXT REFERENCES kelurahan (code),
  occupation TEXT,
  agency_id INTEGER REFERENCES agency (id),
  status TEXT NOT NULL DEFAULT 'active'
    CHECK (status = 'active' OR status = 'deceased' OR status = 'moved' OR status = 'merged'),
  died_on TEXT,
  death_reported_on TEXT,
  death_cause TEXT,
  merged_into INTEGER REFERENCES worker (id) CHECK (merged_into <> id),
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  sheet INTEGER NOT NULL,
  row INTEGER NOT NULL CHECK (row > 0),
  CHECK ((status = 'deceased') = (died_on IS NOT NULL)),
  CHECK ((status = 'merged') = (merged_into IS NOT NULL))
) STRICT;

CREATE TABLE worker_change (
  id INTEGER PRIMARY KEY,
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  sheet INTEGER NOT NULL,
  row INTEGER NOT NULL,
  field TEXT NOT NULL,
  old TEXT,
  new TEXT,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE TABLE worker_correction (
  id INTEGER PRIMARY KEY,
  worker_id INTEGER NOT NULL REFERENCES worker (id),
  field TEXT NOT NULL CHECK (field <> ''),
  old TEXT,
  new TEXT,
  corrected_on TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  audit_seq INTEGER NOT NULL,
  submission_id INTEGER REFERENCES submission (id)
) STRICT;

CREATE TABLE workforce (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  area_code TEXT NOT NULL,
  segment TEXT NOT NULL CHECK (segment IN ('rentan', 'all')),
  workers INTEGER NOT NULL CHECK (workers > 0),
  protected_elsewhere INTEGER NOT NULL CHECK (protected_elsewhere >= 0),
  source TEXT NOT NULL CHECK (source <> ''),
  recorded_on TEXT NOT NULL,
  audit_seq INTEGER NOT NULL
) STRICT;

CREATE TRIGGER audit_change_is_never_changed BEFORE UPDATE ON audit_change
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_change_is_never_deleted BEFORE DELETE ON audit_change
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_change_is_never_replaced BEFORE INSERT ON audit_change
WHEN EXISTS (SELECT 1 FROM audit_change WHERE seq = NEW.seq AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq OR hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER bill_payment_void_is_never_changed BEFORE UPDATE ON bill_payment_void
BEGIN SELECT RAISE(ABORT, 'a payment that was taken back stays on record'); END;

CREATE TRIGGER bill_payment_void_is_never_deleted BEFORE DELETE ON bill_payment_void
BEGIN SELECT RAISE(ABORT, 'a payment that was taken back stays on record'); END;

CREATE TRIGGER change_made_is_not_deleted_while_it_stands BEFORE DELETE ON change_made
WHEN OLD.undone = 0
BEGIN SELECT RAISE(ABORT, 'what a list has changed stays on record'); END;

CREATE TRIGGER change_made_is_only_undone BEFORE UPDATE ON change_made
WHEN NOT (OLD.undone = 0 AND NEW.undone = 1
  AND (NEW.id, NEW.batch_id, NEW.sheet, NEW.row, NEW.worker_id, NEW.place, NEW.place_id, NEW.field)
    = (OLD.id, OLD.batch_id, OLD.sheet, OLD.row, OLD.worker_id, OLD.place, OLD.place_id, OLD.field)
  AND NEW.old IS OLD.old AND NEW.new IS OLD.new)
BEGIN SELECT RAISE(ABORT, 'what a list has changed stays on record'); END;

CREATE TRIGGER claim_document_past_is_never_changed BEFORE UPDATE ON claim_document_past
BEGIN SELECT RAISE(ABORT, 'a paper that was there stays on record'); END;

CREATE TRIGGER claim_document_past_is_never_deleted BEFORE DELETE ON claim_document_past
BEGIN SELECT RAISE(ABORT, 'a paper that was there stays on record'); END;

CREATE TRIGGER elsewhere_never_overlaps BEFORE INSERT ON elsewhere
WHEN EXISTS (
  SELECT 1 FROM elsewhere
  WHERE nik = NEW.nik AND payer = NEW.payer
    AND first_month <= NEW.last_month AND last_month >= NEW.first_month
)
BEGIN SELECT RAISE(ABORT, 'one payer never covers a month twice'); END;

CREATE TRIGGER enrolment_added_is_counted AFTER INSERT ON enrolment
BEGIN
  INSERT INTO enrolment_count VALUES
    (NEW.payer, NEW.status, NEW.start_month, NEW.end_month, NEW.end_reason IS NOT NULL, 1)
  ON CONFLICT DO UPDATE SET heads = heads + 1;
  INSERT INTO enrolled_batch SELECT batch_id FROM worker WHERE id = NEW.worker_id ON CONFLICT DO NOTHING;
  INSERT INTO enrolled_twice SELECT NEW.worker_id WHERE EXISTS (
    SELECT 1 FROM enrolment AS other WHERE other.worker_id = NEW.worker_id AND other.id <> NEW.id
      AND other.start_month <= NEW.planned_end_month AND other.planned_end_month >= NEW.start_month
  ) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER enrolment_changed_is_counted AFTER UPDATE OF payer, status, start_month, end_month, end_reason ON enrolment
BEGIN
  INSERT INTO enrolment_count VALUES
    (OLD.payer, OLD.status, OLD.start_month, OLD.end_month, OLD.end_reason IS NOT NULL, -1),
    (NEW.payer, NEW.status, NEW.start_month, NEW.end_month, NEW.end_reason IS NOT NULL, 1)
  ON CONFLICT DO UPDATE SET heads = heads + excluded.heads;
  INSERT INTO paid_count SELECT OLD.payer, OLD.status, first_month, last_month, -1
  FROM paid_span WHERE enrolment_id = OLD.id
  ON CONFLICT DO UPDATE SET heads = heads - 1;
  INSERT INTO paid_count SELECT NEW.payer, NEW.status, first_month, last_month, 1
  FROM paid_span WHERE enrolment_id = NEW.id
  ON CONFLICT DO UPDATE SET heads = heads + 1;
END;

CREATE TRIGGER enrolment_is_never_deleted BEFORE DELETE ON enrolment
BEGIN SELECT RAISE(ABORT, 'an enrolment stays on record'); END;

CREATE TRIGGER enrolment_never_grows_into_another
BEFORE UPDATE OF worker_id, start_month, end_month, status ON enrolment
WHEN NEW.status <> 'refused' AND EXISTS (
  SELECT 1 FROM enrolment
  WHERE worker_id = NEW.worker_id AND status <> 'refused' AND id <> NEW.id
    AND start_month <= NEW.end_month AND end_month >= NEW.start_month
)
BEGIN SELECT RAISE(ABORT, 'enrolments of one worker never overlap'); END;

CREATE TRIGGER enrolment_never_overlaps BEFORE INSERT ON enrolment
WHEN NEW.status <> 'refused' AND EXISTS (
  SELECT 1 FROM enrolment
  WHERE worker_id = NEW.worker_id AND status <> 'refused'
    AND start_month <= NEW.end_month AND end_month >= NEW.start_month
)
BEGIN SELECT RAISE(ABORT, 'enrolments of one worker never overlap'); END;

CREATE TRIGGER enrolment_stays_what_it_was BEFORE UPDATE OF id, worker_id, start_month, planned_end_month ON enrolment
WHEN (NEW.id, NEW.worker_id, NEW.start_month, NEW.planned_end_month)
  <> (OLD.id, OLD.worker_id, OLD.start_month, OLD.planned_end_month)
BEGIN SELECT RAISE(ABORT, 'an enrolment is of one person and its months'); END;

CREATE TRIGGER month_closing_is_never_deleted BEFORE DELETE ON month_closing
BEGIN SELECT RAISE(ABORT, 'a closed month stays on record'); END;

CREATE TRIGGER month_closing_is_only_undone BEFORE UPDATE ON month_closing
WHEN NOT (OLD.undone_on IS NULL AND NEW.undone_on IS NOT NULL
  AND (NEW.id, NEW.month, NEW.closed_on, NEW.closed_by, NEW.state_seq, NEW.state_hash, NEW.figures, NEW.audit_seq)
    = (OLD.id, OLD.month, OLD.closed_on, OLD.closed_by, OLD.state_seq, OLD.state_hash, OLD.figures, OLD.audit_seq))
BEGIN SELECT RAISE(ABORT, 'a closed month is never changed, only opened again'); END;

CREATE TRIGGER paid_span_added_is_counted AFTER INSERT ON paid_span
BEGIN
  INSERT INTO paid_count SELECT payer, status, NEW.first_month, NEW.last_month, 1
  FROM enrolment WHERE id = NEW.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads + 1;
END;

CREATE TRIGGER paid_span_changed_is_counted AFTER UPDATE ON paid_span
BEGIN
  INSERT INTO paid_count SELECT payer, status, OLD.first_month, OLD.last_month, -1
  FROM enrolment WHERE id = OLD.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads - 1;
  INSERT INTO paid_count SELECT payer, status, NEW.first_month, NEW.last_month, 1
  FROM enrolment WHERE id = NEW.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads + 1;
END;

CREATE TRIGGER paid_span_removed_is_counted AFTER DELETE ON paid_span
BEGIN
  INSERT INTO paid_count SELECT payer, status, OLD.first_month, OLD.last_month, -1
  FROM enrolment WHERE id = OLD.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads - 1;
END;

CREATE TRIGGER payment_is_never_deleted BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END;

CREATE TRIGGER payment_is_only_voided BEFORE UPDATE ON payment
WHEN NOT (OLD.voided = 0 AND NEW.voided = 1
  AND (NEW.id, NEW.claim_id, NEW.line, NEW.amount, NEW.paid_on, NEW.payer, NEW.proof, NEW.audit_seq)
    = (OLD.id, OLD.claim_id, OLD.line, OLD.amount, OLD.paid_on, OLD.payer, OLD.proof, OLD.audit_seq)
  AND NEW.payee IS OLD.payee AND NEW.reverses IS OLD.reverses
  AND NEW.capacity IS OLD.capacity AND NEW.account IS OLD.account)
BEGIN SELECT RAISE(ABORT, 'a payment is never edited, only voided'); END;

CREATE TRIGGER payment_proof_once BEFORE INSERT ON payment
WHEN NEW.reverses IS NULL AND EXISTS (
  SELECT 1 FROM payment
  WHERE proof = NEW.proof AND voided = 0 AND audit_seq <> NEW.audit_seq
) AND NOT EXISTS (
  SELECT 1 FROM payment
  WHERE proof = NEW.proof AND voided = 1 AND claim_id = NEW.claim_id
)
BEGIN SELECT RAISE(ABORT, 'a proof number pays once'); END;

CREATE TRIGGER worker_added_is_counted AFTER INSERT ON worker
BEGIN
  INSERT INTO batch_count VALUES (NEW.batch_id, NEW.status, 1) ON CONFLICT DO UPDATE SET heads = heads + 1;
END;

CREATE TRIGGER worker_changed_is_counted AFTER UPDATE OF status ON worker
BEGIN
  INSERT INTO batch_count VALUES (OLD.batch_id, OLD.status, -1), (NEW.batch_id, NEW.status, 1)
  ON CONFLICT DO UPDATE SET heads = heads + excluded.heads;
END;

CREATE TRIGGER worker_correction_is_never_changed BEFORE UPDATE ON worker_correction
BEGIN SELECT RAISE(ABORT, 'what was put right by hand stays on record'); END;

CREATE TRIGGER worker_correction_is_never_deleted BEFORE DELETE ON worker_correction
BEGIN SELECT RAISE(ABORT, 'what was put right by hand stays on record'); END;

CREATE TRIGGER worker_removed_is_counted AFTER DELETE ON worker
BEGIN
  INSERT INTO batch_count VALUES (OLD.batch_id, OLD.status, -1) ON CONFLICT DO UPDATE SET heads = heads - 1;
END;

CREATE TRIGGER worker_stays_of_its_batch BEFORE UPDATE OF id, batch_id ON worker
WHEN (NEW.id, NEW.batch_id) <> (OLD.id, OLD.batch_id)
BEGIN SELECT RAISE(ABORT, 'a worker is of the batch that brought them'); END;

CREATE VIEW batch_recount (batch_id, status, heads) AS
SELECT batch_id, status, count(*) FROM worker GROUP BY batch_id, status;

CREATE VIEW enrolled_batch_recount (batch_id) AS
SELECT DISTINCT batch_id FROM enrolment JOIN worker ON worker.id = worker_id;

CREATE VIEW enrolled_twice_recount (worker_id) AS
SELECT DISTINCT worker_id FROM (
  SELECT worker_id, start_month, max(planned_end_month) OVER (
    PARTITION BY worker_id ORDER BY start_month, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS end_before
  FROM enrolment
) WHERE start_month <= end_before;

CREATE VIEW enrolment_recount (payer, status, start_month, end_month, has_reason, heads) AS
SELECT payer, status, start_month, end_month, end_reason IS NOT NULL AS has_reason, count(*)
FROM enrolment GROUP BY payer, status, start_month, end_month, has_reason;

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
);

CREATE VIEW paid_recount (payer, status, first_month, last_month, heads) AS
SELECT payer, status, first_month, last_month, count(*)
FROM paid_span JOIN enrolment ON enrolment.id = enrolment_id GROUP BY payer, status, first_month, last_month;

CREATE VIEW person_record (person_id, record_id, nik) AS
SELECT CAST(coalesce(merged_into, id) AS INTEGER), id, nik FROM worker;

CREATE VIEW v_audit AS
SELECT seq, at, actor, command, action, subject, reason, hash, origin, changes
FROM audit;

CREATE VIEW v_bill AS
SELECT bill.month, bill.payer, bill.state, bill.heads, bill.amount, bill_payment.proof,
  bill_payment.paid_on, bill.supplement, bill.correction, bill.amount + bill.correction AS payable
FROM bill
LEFT JOIN bill_payment ON bill_payment.id = bill.payment_id;

CREATE VIEW v_bill_correction AS
SELECT bill.month, bill.payer, enrolment.worker_id, correction_span.first_month, correction_span.last_month,
  correction_span.amount, correction_span.reason
FROM correction_span
JOIN bill ON bill.id = correction_span.bill_id
JOIN enrolment ON enrolment.id = correction_span.enrolment_id;

CREATE VIEW v_bill_line AS
WITH billed AS (
  SELECT bill.id AS bill_id, bill.month, bill.payer, bill.supplement, enrolment.id AS enrolment_id
  FROM bill
  JOIN enrolment ON enrolment.payer = bill.payer
  JOIN paid_span ON paid_span.enrolment_id = enrolment.id
    AND bill.month BETWEEN paid_span.first_month AND paid_span.last_month
  WHERE bill.state = 'paid' AND bill.supplement = 0 AND NOT EXISTS (
    SELECT 1 FROM supplement_span
    WHERE supplement_span.enrolment_id = enrolment.id
      AND bill.month BETWEEN supplement_span.first_month AND supplement_span.last_month
  )
  UNION ALL
  SELECT bill.id, bill.month, bill.payer, bill.supplement, enrolment.id
  FROM bill
  JOIN enrolment ON enrolment.payer = bill.payer
  JOIN correction_span ON correction_span.enrolment_id = enrolment.id
    AND bill.month BETWEEN correction_span.first_month AND correction_span.last_month
  WHERE bill.state = 'paid' AND bill.supplement = 0 AND correction_span.supplement_payment_id IS NULL
  UNION ALL
  SELECT bill.id, bill.month, bill.payer, bill.supplement, supplement_span.enrolment_id
  FROM bill
  JOIN supplement_span ON supplement_span.payment_id = bill.payment_id
    AND bill.month BETWEEN supplement_span.first_month AND supplement_span.last_month
  WHERE bill.supplement > 0
  UNION ALL
  SELECT bill.id, bill.month, bill.payer, bill.supplement, enrolment.id
  FROM bill
  JOIN enrolment ON enrolment.payer = bill.payer AND enrolment.status IN ('active', 'ended')
    AND bill.month BETWEEN enrolment.start_month AND enrolment.end_month
  WHERE bill.state = 'open' AND NOT EXISTS (
    SELECT 1 FROM paid_span
    WHERE paid_span.enrolment_id = enrolment.id
      AND bill.month BETWEEN paid_span.first_month AND paid_span.last_month
  ) AND NOT EXISTS (
    SELECT 1 FROM worker
    WHERE worker.id = enrolment.worker_id AND enrolment.status = 'ended'
      AND substr(worker.died_on, 1, 7) < bill.month
  )
)
SELECT billed.month, billed.payer, enrolment.worker_id, bill_rate.programme, bill_rate.amount,
  billed.supplement, enrolment.basis, enrolment.sector
FROM billed
JOIN enrolment ON enrolment.id = billed.enrolment_id
JOIN bill_rate ON bill_rate.bill_id = billed.bill_id AND bill_rate.basis = enrolment.basis
  AND bill_rate.sector = enrolment.sector
  AND instr(',' || enrolment.programmes || ',', ',' || bill_rate.programme || ',') > 0;

CREATE VIEW v_bill_payment AS
SELECT proof, payer, (SELECT min(month) FROM bill WHERE payment_id = bill_payment.id) AS first_month,
  (SELECT max(month) FROM bill WHERE payment_id = bill_payment.id) AS last_month,
  amount, paid_on, 0 AS voided, NULL AS reason
FROM bill_payment
UNION ALL
SELECT proof, payer, first_month, last_month, amount, paid_on, 1, NULL FROM bill_payment_void
UNION ALL
SELECT proof, payer, first_month, last_month, -amount, voided_on, 1, reason FROM bill_payment_void;

CREATE VIEW v_budget AS
SELECT year, payer, amount, source, recorded_on
FROM budget
WHERE id IN (SELECT max(id) FROM budget GROUP BY year, payer);

CREATE VIEW v_change_made AS
SELECT batch.number AS batch, batch_sheet.name AS sheet, change_made.row, change_made.worker_id, place, place_id,
  field, old, new, undone
FROM change_made
JOIN batch ON batch.id = change_made.batch_id
JOIN batch_sheet ON batch_sheet.batch_id = change_made.batch_id AND batch_sheet.position = change_made.sheet;

CREATE VIEW v_child AS
SELECT child.id, worker_id, name, birth_date, registered, recorded_by, recorded_on
FROM child;

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
LEFT JOIN claim AS first ON first.id = claim.follows;

CREATE VIEW v_claim_child AS
SELECT claim.number, child_id, level, working, work, work_months, married, years_used
FROM claim_child
JOIN claim ON claim.id = claim_child.claim_id;

CREATE VIEW v_claim_circumstance AS
SELECT claim.number, died_on, total_disability, months_unable, home_care_months, traffic, lost_at_sea
FROM claim_circumstance
JOIN claim ON claim.id = claim_circumstance.claim_id;

CREATE VIEW v_claim_document AS
SELECT claim.number, claim_document.name, file, sha256, held_by, recorded_by, recorded_on, NULL AS ended_on,
  NULL AS reason
FROM claim_document
JOIN claim ON claim.id = claim_document.claim_id
UNION ALL
SELECT claim.number, claim_document_past.name, file, sha256, held_by, recorded_by, recorded_on, ended_on, reason
FROM claim_document_past
JOIN claim ON claim.id = claim_document_past.claim_id;

CREATE VIEW v_claim_expense AS
SELECT claim.number, name, amount
FROM claim_expense
JOIN claim ON claim.id = claim_expense.claim_id;

CREATE VIEW v_claim_family AS
SELECT claim.number, contact, contact_phone, payee, payee_capacity, payee_heir, payee_reason, bank, account, next_on
FROM claim_family
JOIN claim ON claim.id = claim_family.claim_id;

CREATE VIEW v_claim_line AS
SELECT claim.number, claim_line.line, claim_line.component, claim_line.amount, claim_line.citation
FROM claim_line
JOIN claim ON claim.id = claim_line.claim_id;

CREATE VIEW v_claim_loss AS
SELECT claim.number, part, share
FROM claim_loss
JOIN claim ON claim.id = claim_loss.claim_id;

CREATE VIEW v_closed_month AS
SELECT month, closed_on, closed_by, registered, enrolled, protected, opening, joined, died, lapsed, closing, deaths,
  claims, claims_paid, amount_paid, heads, amount, state_seq AS seq, state_hash AS hash, undone_on, undone_by,
  undone_for
FROM month_closing;

CREATE VIEW v_elsewhere AS
SELECT worker.id AS worker_id, elsewhere.nik, elsewhere.name, elsewhere.birth_date, elsewhere.payer,
  elsewhere.first_month, elsewhere.last_month, batch.number AS batch, batch_sheet.name AS sheet,
  elsewhere.row
FROM elsewhere
JOIN batch ON batch.id = elsewhere.batch_id
JOIN batch_sheet ON batch_sheet.batch_id = elsewhere.batch_id AND batch_sheet.position = elsewhere.sheet
LEFT JOIN worker ON worker.nik = elsewhere.nik;

CREATE VIEW v_enrolment AS
SELECT enrolment.id, enrolment.worker_id, worker.nik, enrolment.segment, enrolment.programmes,
  enrolment.payer, enrolment.decree, enrolment.kpj, enrolment.start_month, enrolment.end_month,
  enrolment.status, enrolment.basis, enrolment.sector, enrolment.end_reason, enrolment.recorded_on
FROM enrolment
JOIN worker ON worker.id = enrolment.worker_id;

CREATE VIEW v_heir AS
SELECT id, worker_id, name, relation, nik, birth_date, died_on, phone, share, basis, guardian, guardian_basis,
  recorded_by, recorded_on, removed_on
FROM heir;

CREATE VIEW v_likeness AS
SELECT one.id AS worker_id, other.id AS other_worker_id, likeness.low AS nik, likeness.high AS other_nik,
  likeness.score, likeness.reasons, batch.number AS batch, likeness.decision, likeness.decided_by,
  likeness.decided_on
FROM likeness
JOIN batch ON batch.id = likeness.batch_id
LEFT JOIN worker AS one ON one.nik = likeness.low
LEFT JOIN worker AS other ON other.nik = likeness.high;

CREATE VIEW v_officer AS
SELECT name, roles, login, added_on, ended_on FROM officer;

CREATE VIEW v_paid_span AS
SELECT enrolment.worker_id, worker.nik, enrolment.id AS enrolment_id, enrolment.payer, enrolment.programmes,
  paid_span.first_month, paid_span.last_month
FROM paid_span
JOIN enrolment ON enrolment.id = paid_span.enrolment_id
JOIN worker ON worker.id = enrolment.worker_id;

CREATE VIEW v_payment AS
SELECT claim.number, payment.line, payment.amount, payment.paid_on, payment.payee, payment.payer,
  payment.proof, payment.voided, payment.capacity, payment.account
FROM payment
JOIN claim ON claim.id = payment.claim_id;

CREATE VIEW v_roster_row AS
SELECT batch.number AS batch, batch.file, batch_sheet.name AS sheet, roster_row.row, roster_row.outcome,
  roster_row.worker_id, same_sheet.name AS same_as_sheet, roster_row.same_as_row, roster_row.codes
FROM roster_row
JOIN batch ON batch.id = roster_row.batch_id
JOIN batch_sheet ON batch_sheet.batch_id = roster_row.batch_id AND batch_sheet.position = roster_row.sheet
LEFT JOIN batch_sheet AS same_sheet
  ON same_sheet.batch_id = roster_row.batch_id AND same_sheet.position = roster_row.same_as_sheet;

CREATE VIEW v_second_look AS
SELECT claim.number, month, seed, risks, drawn_by, drawn_on, found, words, looked_by, looked_on
FROM second_look
JOIN claim ON claim.id = second_look.claim_id;

CREATE VIEW v_submission AS
SELECT submission.number, submission.made_on, submission.actor, submission.file, submission.heads,
  (SELECT count(*) FROM submission_line WHERE submission_id = submission.id AND outcome IS NULL) AS waiting
FROM submission;

CREATE VIEW v_submission_line AS
SELECT submission.number, submission_line.line, submission_line.worker_id, worker.nik,
  submission_line.enrolment_id, submission_line.outcome, enrolment.kpj, submission_line.reason,
  submission_line.answered_on
FROM submission_line
JOIN submission ON submission.id = submission_line.submission_id
JOIN worker ON worker.id = submission_line.worker_id
JOIN enrolment ON enrolment.id = submission_line.enrolment_id;

CREATE VIEW v_visit AS
SELECT visit.id, claim.number, visited_on, person, said, next_on, recorded_by, recorded_on
FROM visit
JOIN claim ON claim.id = visit.claim_id;

CREATE VIEW v_worker AS
SELECT worker.id, worker.nik, worker.name, worker.birth_place, worker.birth_date, worker.sex,
  worker.mother_name, worker.phone, worker.address, worker.rt, worker.rw,
  worker.kelurahan_code, kelurahan.name AS kelurahan, kelurahan.kecamatan,
  worker.occupation, agency.name AS agency, worker.status, worker.died_on,
  batch.number AS batch, batch_sheet.name AS sheet, worker.row,
  printf('P-%06d', worker.id) AS number, worker.family_card, worker.merged_into
FROM worker
JOIN batch ON batch.id = worker.batch_id
JOIN batch_sheet ON batch_sheet.batch_id = worker.batch_id AND batch_sheet.position = worker.sheet
LEFT JOIN kelurahan ON kelurahan.code = worker.kelurahan_code
LEFT JOIN agency ON agency.id = worker.agency_id;

CREATE VIEW v_worker_correction AS
SELECT worker_id, field, old, new, corrected_on, actor, reason
FROM worker_correction;

CREATE VIEW v_workforce AS
SELECT year, area_code, segment, workers, protected_elsewhere, source, recorded_on
FROM workforce
WHERE id IN (SELECT max(id) FROM workforce GROUP BY year, area_code, segment);


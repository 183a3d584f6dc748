-- Months whose figures are closed, reckoned from the state after the act `state_seq`, whose hash is `state_hash`; all of
-- them stand in `figures`, a JSON object. What is closed is never changed and never deleted; it may be opened again, which is kept too.
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
) STRICT
--
CREATE UNIQUE INDEX month_closing_once ON month_closing (month) WHERE undone_on IS NULL
--
CREATE TRIGGER month_closing_is_only_undone BEFORE UPDATE ON month_closing
WHEN NOT (OLD.undone_on IS NULL AND NEW.undone_on IS NOT NULL
  AND (NEW.id, NEW.month, NEW.closed_on, NEW.closed_by, NEW.state_seq, NEW.state_hash, NEW.figures, NEW.audit_seq)
    = (OLD.id, OLD.month, OLD.closed_on, OLD.closed_by, OLD.state_seq, OLD.state_hash, OLD.figures, OLD.audit_seq))
BEGIN SELECT RAISE(ABORT, 'a closed month is never changed, only opened again'); END
--
CREATE TRIGGER month_closing_is_never_deleted BEFORE DELETE ON month_closing
BEGIN SELECT RAISE(ABORT, 'a closed month stays on record'); END
--
CREATE VIEW v_closed_month AS
SELECT month, closed_on, closed_by, registered, enrolled, protected, opening, joined, died, lapsed, closing, deaths,
  claims, claims_paid, amount_paid, heads, amount, state_seq AS seq, state_hash AS hash, undone_on, undone_by,
  undone_for
FROM month_closing

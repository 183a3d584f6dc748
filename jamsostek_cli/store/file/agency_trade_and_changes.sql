-- What people of an agency do for a living, and lists of changes: who died, moved, stopped, or has other facts.
ALTER TABLE agency ADD COLUMN sector TEXT CHECK (sector IN ('transport', 'other'))
--
ALTER TABLE agency ADD COLUMN occupation TEXT
--
-- A purpose more. A column's own check goes with the column: no table, index or trigger is made anew.
ALTER TABLE batch RENAME COLUMN purpose TO former_purpose
--
ALTER TABLE batch ADD COLUMN purpose TEXT NOT NULL DEFAULT 'register'
  CHECK (purpose IN ('register', 'covered-elsewhere', 'changes'))
--
UPDATE batch SET purpose = former_purpose
--
ALTER TABLE batch DROP COLUMN former_purpose
--
-- Whatever a list of changes has made different of a person, column by column, as it was and as it became: what
-- takes the list back. `place` is the table and `place_id` its row: a worker, an enrolment, the months on another
-- payer's list, or the submission whose line of this worker it is.
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
) STRICT
--
CREATE INDEX change_made_by_batch ON change_made (batch_id)
--
CREATE INDEX change_made_by_worker ON change_made (worker_id)
--
CREATE TRIGGER change_made_is_only_undone BEFORE UPDATE ON change_made
WHEN NOT (OLD.undone = 0 AND NEW.undone = 1
  AND (NEW.id, NEW.batch_id, NEW.sheet, NEW.row, NEW.worker_id, NEW.place, NEW.place_id, NEW.field)
    = (OLD.id, OLD.batch_id, OLD.sheet, OLD.row, OLD.worker_id, OLD.place, OLD.place_id, OLD.field)
  AND NEW.old IS OLD.old AND NEW.new IS OLD.new)
BEGIN SELECT RAISE(ABORT, 'what a list has changed stays on record'); END
--
CREATE TRIGGER change_made_is_not_deleted_while_it_stands BEFORE DELETE ON change_made
WHEN OLD.undone = 0
BEGIN SELECT RAISE(ABORT, 'what a list has changed stays on record'); END
--
CREATE VIEW v_change_made AS
SELECT batch.number AS batch, batch_sheet.name AS sheet, change_made.row, change_made.worker_id, place, place_id,
  field, old, new, undone
FROM change_made
JOIN batch ON batch.id = change_made.batch_id
JOIN batch_sheet ON batch_sheet.batch_id = change_made.batch_id AND batch_sheet.position = change_made.sheet

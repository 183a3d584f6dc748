-- What is counted of the whole register, kept beside it: `jcli status` reads a few hundred rows instead of millions.
-- Triggers keep it, in the very statement that moves a row: no caller can forget it, and a void, a merge or an undo
-- needs no rule of its own. (Only REPLACE passes triggers by, and no statement of the program replaces a row.) Each
-- `…_recount` view counts the same anew from the tables themselves: it fills a count in the first place, and `db check`
-- holds the count against it. A count of nobody stays, as 0.
CREATE INDEX worker_by_death ON worker (died_on) WHERE died_on IS NOT NULL
--
CREATE INDEX roster_row_open ON roster_row (batch_id) WHERE fixed_by IS NULL AND outcome IN ('review', 'rejected')
--
-- The people of a batch.
CREATE TABLE batch_count (
  batch_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (batch_id, status)
) STRICT, WITHOUT ROWID
--
CREATE VIEW batch_recount (batch_id, status, heads) AS
SELECT batch_id, status, count(*) FROM worker GROUP BY batch_id, status
--
CREATE TRIGGER worker_added_is_counted AFTER INSERT ON worker
BEGIN
  INSERT INTO batch_count VALUES (NEW.batch_id, NEW.status, 1) ON CONFLICT DO UPDATE SET heads = heads + 1;
END
--
CREATE TRIGGER worker_changed_is_counted AFTER UPDATE OF status ON worker
BEGIN
  INSERT INTO batch_count VALUES (OLD.batch_id, OLD.status, -1), (NEW.batch_id, NEW.status, 1)
  ON CONFLICT DO UPDATE SET heads = heads + excluded.heads;
END
--
CREATE TRIGGER worker_removed_is_counted AFTER DELETE ON worker
BEGIN
  INSERT INTO batch_count VALUES (OLD.batch_id, OLD.status, -1) ON CONFLICT DO UPDATE SET heads = heads - 1;
END
--
-- The enrolments; `has_reason` where the office ended one, or it never began, for a reason it gave.
CREATE TABLE enrolment_count (
  payer TEXT NOT NULL,
  status TEXT NOT NULL,
  start_month TEXT NOT NULL,
  end_month TEXT NOT NULL,
  has_reason INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (payer, status, start_month, end_month, has_reason)
) STRICT, WITHOUT ROWID
--
CREATE VIEW enrolment_recount (payer, status, start_month, end_month, has_reason, heads) AS
SELECT payer, status, start_month, end_month, end_reason IS NOT NULL AS has_reason, count(*)
FROM enrolment GROUP BY payer, status, start_month, end_month, has_reason
--
-- The batches of which somebody is enrolled, or was.
CREATE TABLE enrolled_batch (batch_id INTEGER PRIMARY KEY) STRICT
--
CREATE VIEW enrolled_batch_recount (batch_id) AS
SELECT DISTINCT batch_id FROM enrolment JOIN worker ON worker.id = worker_id
--
-- The workers with two enrolments that were meant for one month. Who has a month paid twice is one of them, or a
-- record that was merged: nothing is paid outside the months that an enrolment was meant for.
CREATE TABLE enrolled_twice (worker_id INTEGER PRIMARY KEY) STRICT
--
CREATE VIEW enrolled_twice_recount (worker_id) AS
SELECT DISTINCT worker_id FROM (
  SELECT worker_id, start_month, max(planned_end_month) OVER (
    PARTITION BY worker_id ORDER BY start_month, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS end_before
  FROM enrolment
) WHERE start_month <= end_before
--
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
END
--
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
END
--
-- Nobody comes from another batch later, and nothing takes an enrolment away, gives it to somebody else, or lets it
-- begin anew: the counts do not know how.
CREATE TRIGGER worker_stays_of_its_batch BEFORE UPDATE OF id, batch_id ON worker
WHEN (NEW.id, NEW.batch_id) <> (OLD.id, OLD.batch_id)
BEGIN SELECT RAISE(ABORT, 'a worker is of the batch that brought them'); END
--
CREATE TRIGGER enrolment_is_never_deleted BEFORE DELETE ON enrolment
BEGIN SELECT RAISE(ABORT, 'an enrolment stays on record'); END
--
CREATE TRIGGER enrolment_stays_what_it_was BEFORE UPDATE OF id, worker_id, start_month, planned_end_month ON enrolment
WHEN (NEW.id, NEW.worker_id, NEW.start_month, NEW.planned_end_month)
  <> (OLD.id, OLD.worker_id, OLD.start_month, OLD.planned_end_month)
BEGIN SELECT RAISE(ABORT, 'an enrolment is of one person and its months'); END
--
-- The paid spans, by the payer and the state of their enrolment.
CREATE TABLE paid_count (
  payer TEXT NOT NULL,
  status TEXT NOT NULL,
  first_month TEXT NOT NULL,
  last_month TEXT NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (payer, status, first_month, last_month)
) STRICT, WITHOUT ROWID
--
CREATE VIEW paid_recount (payer, status, first_month, last_month, heads) AS
SELECT payer, status, first_month, last_month, count(*)
FROM paid_span JOIN enrolment ON enrolment.id = enrolment_id GROUP BY payer, status, first_month, last_month
--
CREATE TRIGGER paid_span_added_is_counted AFTER INSERT ON paid_span
BEGIN
  INSERT INTO paid_count SELECT payer, status, NEW.first_month, NEW.last_month, 1
  FROM enrolment WHERE id = NEW.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads + 1;
END
--
CREATE TRIGGER paid_span_changed_is_counted AFTER UPDATE ON paid_span
BEGIN
  INSERT INTO paid_count SELECT payer, status, OLD.first_month, OLD.last_month, -1
  FROM enrolment WHERE id = OLD.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads - 1;
  INSERT INTO paid_count SELECT payer, status, NEW.first_month, NEW.last_month, 1
  FROM enrolment WHERE id = NEW.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads + 1;
END
--
CREATE TRIGGER paid_span_removed_is_counted AFTER DELETE ON paid_span
BEGIN
  INSERT INTO paid_count SELECT payer, status, OLD.first_month, OLD.last_month, -1
  FROM enrolment WHERE id = OLD.enrolment_id
  ON CONFLICT DO UPDATE SET heads = heads - 1;
END
--
INSERT INTO batch_count SELECT * FROM batch_recount
--
INSERT INTO enrolment_count SELECT * FROM enrolment_recount
--
INSERT INTO enrolled_batch SELECT * FROM enrolled_batch_recount
--
INSERT INTO enrolled_twice SELECT * FROM enrolled_twice_recount
--
INSERT INTO paid_count SELECT * FROM paid_recount

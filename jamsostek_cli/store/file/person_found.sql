-- People are found by any word of theirs, and put right by hand.
-- An index of words: the ids of everybody whose name, mother, kelurahan, RT, RW or agency has a word, four bytes
-- each. Every import adds rows of its own, from the worker `first` on; nothing is ever taken out, because whoever
-- is found is looked at again in the register. `backwards` is the word from its end, for a slip at its beginning.
CREATE TABLE search_word (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL CHECK (word <> ''),
  backwards TEXT NOT NULL CHECK (length(backwards) = length(word)),
  first INTEGER NOT NULL,
  workers BLOB NOT NULL CHECK (length(workers) > 0 AND length(workers) % 4 = 0)
) STRICT
--
CREATE INDEX search_word_forwards ON search_word (word)
--
CREATE INDEX search_word_backwards ON search_word (backwards)
--
CREATE INDEX worker_by_phone ON worker (phone) WHERE phone IS NOT NULL
--
CREATE INDEX worker_by_family_card ON worker (family_card) WHERE family_card IS NOT NULL
--
CREATE INDEX enrolment_by_kpj ON enrolment (kpj) WHERE kpj IS NOT NULL
--
-- What an officer has put right by hand. A NIK that was replaced is remembered here for ever: an older list that
-- still bears it speaks of the same person. `submission_id` is that whose refusal by BPJS the correction answers.
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
) STRICT
--
CREATE INDEX worker_correction_by_worker ON worker_correction (worker_id, field)
--
CREATE INDEX worker_correction_of_nik ON worker_correction (old) WHERE field = 'nik'
--
CREATE TRIGGER worker_correction_is_never_changed BEFORE UPDATE ON worker_correction
BEGIN SELECT RAISE(ABORT, 'what was put right by hand stays on record'); END
--
CREATE TRIGGER worker_correction_is_never_deleted BEFORE DELETE ON worker_correction
BEGIN SELECT RAISE(ABORT, 'what was put right by hand stays on record'); END
--
CREATE VIEW v_worker_correction AS
SELECT worker_id, field, old, new, corrected_on, actor, reason
FROM worker_correction

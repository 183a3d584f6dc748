-- What every act changed, row by row, so that the trail proves the tables: `kept` is a compressed JSON text, `digest`
-- the SHA-256 of that text when it was written, and `audit.changes` that of the digests of the whole act. Of a table
-- that tells of people, `members` is a digest by which its rows are proven one by one, once a purge has rewritten some.
ALTER TABLE audit ADD COLUMN changes TEXT
--
CREATE TABLE audit_change (
  seq INTEGER NOT NULL REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
  part INTEGER NOT NULL CHECK (part >= 0),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  members TEXT CHECK (length(members) = 64),
  kept BLOB NOT NULL,
  PRIMARY KEY (seq, part)
) STRICT
--
CREATE TRIGGER audit_change_is_never_changed BEFORE UPDATE ON audit_change
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
--
CREATE TRIGGER audit_change_is_never_deleted BEFORE DELETE ON audit_change
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
--
CREATE TRIGGER audit_change_is_never_replaced BEFORE INSERT ON audit_change
WHEN EXISTS (SELECT 1 FROM audit_change WHERE seq = NEW.seq AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
--
DROP VIEW v_audit
--
CREATE VIEW v_audit AS
SELECT seq, at, actor, command, action, subject, reason, hash, origin, changes
FROM audit

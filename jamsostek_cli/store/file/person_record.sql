-- Which records are of which person. A record that was merged into another one keeps its number, its NIK and its
-- history, and is the other one's from then on; merges are one deep, a merged record takes in nobody.
--
-- The CAST gives the expression a type: without one, SQLite compares it with an id by walking. The view is a plain
-- selection, so that SQLite works it into any join, and the index finds the records of a person.
CREATE INDEX worker_by_person ON worker (CAST(coalesce(merged_into, id) AS INTEGER))
--
CREATE VIEW person_record (person_id, record_id, nik) AS
SELECT CAST(coalesce(merged_into, id) AS INTEGER), id, nik FROM worker

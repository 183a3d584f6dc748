-- Which records are of which person. A record that was merged into another one keeps its number, its NIK and its
-- history, and is the other one's from then on; merges are one deep, a merged record takes in nobody.
--
-- The two halves are asked by their indexes, whichever column is given: person_id by the primary key and
-- worker_by_merged_into, record_id by the primary key, nik by its own index. coalesce(merged_into, id) would be
-- shorter, and read the whole register for every person.
CREATE VIEW person_record (person_id, record_id, nik) AS
SELECT id, id, nik FROM worker WHERE merged_into IS NULL
UNION ALL
SELECT merged_into, id, nik FROM worker WHERE merged_into IS NOT NULL

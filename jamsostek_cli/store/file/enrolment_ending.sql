-- Whose enrolments end with a month, of those that nobody ended on purpose: `jcli status` and `cover gaps` look for the
-- few of a month or two among all that ever were.
CREATE INDEX enrolment_ending ON enrolment (end_month) WHERE status = 'active' AND end_reason IS NULL

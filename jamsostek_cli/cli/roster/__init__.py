"""`jcli import`, `template` and `batch`: rosters in, and handed out."""

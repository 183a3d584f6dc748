"""`jcli demo`."""

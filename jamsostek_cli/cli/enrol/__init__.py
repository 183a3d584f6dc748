"""`jcli enrol`."""

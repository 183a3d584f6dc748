"""`jcli bpjs`."""

"""`jcli province`."""

"""`jcli iuran`."""

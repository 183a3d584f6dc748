"""`jcli cover`."""

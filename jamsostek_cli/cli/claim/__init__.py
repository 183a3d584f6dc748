"""`jcli claim`, and its aliases `jcli verify` and `jcli pay`."""

"""`jcli worker`: who is in the register, and what is known of them."""

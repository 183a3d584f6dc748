"""Who is in the register, which rows of which rosters say so, and what officers have decided about them."""

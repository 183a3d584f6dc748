"""Lists of the dead, held against everybody in the register."""

"""Cover of the whole register at once: who has it, who is about to lose it, who is paid for twice."""

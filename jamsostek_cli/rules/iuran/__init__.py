"""What a month costs, who is on its bill, and what comes back."""

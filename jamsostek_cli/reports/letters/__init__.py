"""Letters and forms on paper, in Indonesian: what they say, and how they become a PDF or a Word file."""

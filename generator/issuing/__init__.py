"""From proven to sent: what is to be approved, by whom it was, and what was issued."""

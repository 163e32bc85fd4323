"""Letters recovered from whatever was issued, and last year's letters found."""

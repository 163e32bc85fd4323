"""From a printed figure back to the line, the cell and the rule that it came from."""

"""Files of data to checked figures: strict YAML with places, models, sums and rates; and back."""

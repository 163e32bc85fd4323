"""Made PDFs read back and proven: the right letter, whole, with the right figures."""

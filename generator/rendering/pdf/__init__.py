"""All that knows WeasyPrint: the engine, its tags mended, and what it writes."""

"""The styles, scripts and templates that the overview, the report and the desk share."""

"""The report as a page: one file that works from disk, to filter, to search, and to print.

Without its script it is a plain page that shows everything, gone and new words in one line; the
script hides what was not asked for, and sets last year's words beside this year's.
"""

from generator.assets.page_templates import page_template
from generator.reports.report_model import Report

TEMPLATE = "report.html.jinja"
NAMES = 12
"""More letters than so many are named only when asked for."""


def html_report(report: Report) -> str:
    """The whole page."""
    return page_template("generator.reports", TEMPLATE).render(report=report, most_names=NAMES)

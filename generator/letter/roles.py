"""What a block is in a letter, and whose words it has."""

from enum import StrEnum


class Origin(StrEnum):
    """Whose words a block's are."""

    EDITION = "edition"
    AUTHORITY = "authority"
    SECTION = "section"
    INSERT = "insert"


class Role(StrEnum):
    """What a block is in the letter."""

    DRAFT = "draft"
    RUNNING_HEAD = "running_head"
    LOGO = "logo"
    MASTHEAD = "masthead"
    SENDER = "sender"
    REFERENCE = "reference"
    DATE = "date"
    DELIVERY = "delivery"
    ADDRESS_LINE = "address_line"
    SALUTATION = "salutation"
    SUBJECT = "subject"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    CLOSING = "closing"
    SIGNATURE = "signature"
    SIGNATORY = "signatory"
    OFFICE = "office"
    AFTER_SIGNATURE = "after_signature"
    REPORT_TITLE = "report_title"
    REPORT_PERIOD = "report_period"
    TABLE_TITLE = "table_title"
    TABLE = "table"
    CHART_TITLE = "chart_title"
    CHART = "chart"
    NOTES_TITLE = "notes_title"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"


PICTURES = frozenset({Role.LOGO, Role.SIGNATURE})
"""What is shown, and whose words stand for it."""

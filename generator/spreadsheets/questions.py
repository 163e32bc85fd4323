"""What an import asks about before it takes it; a person who knows that it is right says so."""

from enum import StrEnum


class Question(StrEnum):
    """What a person can say to be right, by the name that `--accept` has for it."""

    OTHER_YEAR = "other-year"
    ALL_NOUGHTS = "all-noughts"
    THOUSANDFOLD = "thousandfold"
    OTHERS_FIGURES = "others-figures"
    LAST_YEARS_FIGURES = "last-years-figures"

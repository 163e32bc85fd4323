"""How an office deals with finished letters: who approves them, and how they are mailed."""

from pydantic import Field

from generator.edition.data_files import FileModel
from generator.edition.number_values import Number
from generator.edition.people import Email
from generator.edition.values import SingleLineText


class Approvals(FileModel):
    """Who must approve letters before they are issued."""

    people: Number = Field(1, description="How many people must approve each item [default: 1].")


class Relay(FileModel):
    """The server in the office that takes messages and passes them on."""

    host: SingleLineText = Field(description="Host name or address.")
    port: Number = Field(25, description="465 for a connection that is encrypted from the start.")
    user: SingleLineText | None = Field(None, description="User name, if the relay needs one.")


class MailSettings(FileModel):
    """How letters are mailed."""

    sender: Email | None = Field(
        None, description="Sender of the messages [default: the mail sender's address]."
    )
    relay: Relay | None = Field(None, description="The relay used by `issue --send`.")
    largest_mb: Number = Field(20, description="Largest size of a message, in megabytes.")
    enclosures: dict[str, SingleLineText] = Field(
        default_factory=dict,
        description="For each file of enclosures, the figure equal to its number of rows.",
    )

"""A page of one file that works from disk: its styles and its script are inside.

Its security policy allows those two and nothing else, by the fingerprints of their contents.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from generator.plain_text import visible


@cache
def page_template(package: str, name: str) -> Template:
    """The template of a page that lies in a package, beside what it includes.

    It may include the styles that pages share, too. Everything inserted is escaped; `fingerprint`
    is there as a filter.
    """
    return environment_of(package).get_template(name)


@cache
def environment_of(package: str) -> Environment:
    """The templates that lie in a package, and what all pages share."""
    folders = [PackageLoader(name, ".") for name in (package, "generator.assets")]
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        loader=ChoiceLoader(folders),
    )
    environment.filters["fingerprint"] = fingerprint
    return environment


@dataclass(frozen=True)
class ListFilter:
    """What of a list can be shown alone: how it is called, and how many there are of it."""

    name: str
    count: int
    said: str = ""
    """How it is said on the page, where that is not its name."""
    tone: str = ""
    character: str = ""
    meaning: str = ""


def _shown(value: Any) -> Any:
    """What a page says of data: as text that hides nothing. Markup is ours, and stays as it is."""
    is_text = isinstance(value, str) and not isinstance(value, Markup)
    return visible(value) if is_text else value


def fingerprint(content: str) -> str:
    """What a security policy calls the content of a `<style>` or `<script>` element."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"

"""A page of one file that works from disk: its styles and its script are inside.

Its security policy allows those two and nothing else, by the fingerprints of their contents.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined, Template

STYLES = "page.css"


@cache
def page_template(package: str, name: str) -> Template:
    """The template of a page that lies in a package; it may include the styles that pages share.

    Everything inserted is escaped; `fingerprint` is there as a filter.
    """
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({STYLES: _read("generator.pages", STYLES)}),
    )
    environment.filters["fingerprint"] = fingerprint
    return environment.from_string(_read(package, name))


def _read(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")


def fingerprint(content: str) -> str:
    """What a security policy calls the content of a `<style>` or `<script>` element."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"

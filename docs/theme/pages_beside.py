"""What the site has otherwise than a forge that shows the same pages.

Pages at the top of the repository are pages of the site, too. Links to code or data, which the site
does not hold, become plain words. Anchors are named as forges name them. Edits are coloured,
and wide blocks scroll, also with the keyboard.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

TOP = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
DIFF = re.compile(r'(?<=<code class="language-diff">).*?(?=</code>)', re.DOTALL)
SAID = re.compile(r'(<code class="language-(?:text|markdown))">(.*?)(?=</code>)', re.DOTALL)
ROLES = {"table": "table", "tr": "row", "td": "cell", "th": "columnheader"}
LINK = re.compile(r"(?<!!)\[([^]]*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_config(config: Any) -> Any:
    """Name anchors as forges do, so that a link to a place leads there in both."""
    config.mdx_configs["toc"]["slugify"] = _anchor
    return config


def _anchor(heading: str, _: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def on_page_content(html: str, **_: Any) -> str:
    """Colour edits, let sentences in blocks wrap, and keep tables tables on a small screen."""
    html = DIFF.sub(lambda block: _coloured(block[0]), html)
    html = SAID.sub(_wrapped, html).replace("<pre>", '<pre tabindex="0">')
    for element, role in ROLES.items():
        html = re.sub(rf"<{element}(?=[ >])", f'<{element} role="{role}"', html)
    return html


def _wrapped(block: re.Match[str]) -> str:
    """A block of sentences wraps; one with columns does not."""
    has_columns = re.search(r"\S {2,}\S.*\n.*\S {2,}\S", block[2])
    return block[0] if has_columns else f'{block[1]} wraps">{block[2]}'


def _coloured(edit: str) -> str:
    lines = re.sub(r"^-.*$", r"<del>\g<0></del>", edit, flags=re.MULTILINE)
    return re.sub(r"^\+.*$", r"<ins>\g<0></ins>", lines, flags=re.MULTILINE)


def on_files(files: Files, config: Any) -> Files:
    """Take in the pages at the top, and the list of decisions."""
    repository = Path(config.docs_dir).parent
    for name in TOP:
        text = (repository / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=_links(text, "", "")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead the links of a page of `docs/` to pages of the site."""
    if page.file.src_uri in TOP:
        return markdown
    return _links(markdown, "docs", posixpath.dirname(page.file.src_uri))


def _links(text: str, root: str, folder: str) -> str:
    def link(match: re.Match[str]) -> str:
        words, target, place = match[1], match[2], match[3] or ""
        path = posixpath.normpath(posixpath.join(root, folder, target))
        if path in TOP:
            there = path
        elif path == "README.md":
            there = "README.md"
        elif path.startswith("docs/") and path.endswith(".md"):
            there = path.removeprefix("docs/")
        elif path == "docs/decisions":
            there = "decisions/README.md"
        else:
            return words
        return f"[{words}]({posixpath.relpath(there, folder or '.')}{place})"

    return LINK.sub(link, text)

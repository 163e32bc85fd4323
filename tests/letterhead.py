"""Borsetshire's letterhead, as plainly invented as the county: a duck, a scribble, an address."""

from io import BytesIO

from PIL import Image, ImageDraw

from tests.borsetshire import EDITION

DUCK = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><title>Duck</title>
<defs><linearGradient id="sky"><stop offset="0" stop-color="#12375c"/>
<stop offset="1" stop-color="#2f6ea3" stop-opacity="0.8"/></linearGradient>
<clipPath id="round"><circle cx="30" cy="30" r="29"/></clipPath></defs>
<g clip-path="url(#round)"><rect width="60" height="60" fill="url(#sky)"/>
<path d="M14 36c4 8 24 10 30 0 3-5-1-8-5-7-2-6-1-9-4-12-4-3-9 0-9 4l-4 1 5 3c1 4-1 7-4 8z"
 fill="#fff" fill-opacity="0.9"/></g></svg>
"""


def scribble(width: int = 600, mode: str = "RGBA") -> bytes:
    """A signature that nobody could read, as a PNG so many dots wide."""
    image = Image.new(mode, (width, width // 3), 0 if mode == "RGBA" else "white")
    points = [(x, width // 6 + (x * 7919 % 97 - 48) * width // 400) for x in range(9, width, 17)]
    ImageDraw.Draw(image).line(points, fill="navy", width=4)
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


LETTERHEAD = """\
letterhead:
  logo: {file: duck.svg, alternative: A white duck on a pond, width: 20}
  sender: [The Old Mill, Mill Lane, "Borsetshire FP1 1AA"]
  reference: "Our reference: AL{{ edition.year }}/{{ authority.noun }}"
  running_head: "{{ authority.name }}, {{ edition.year }}"
  footer: Borsetshire Ombudsman, The Old Mill. Calls are answered from 10 to 4.
  page_number: Page {{ page.number }} of {{ page.count }}
  signature: {file: scribble.png, decorative: true, width: 45}
  after_signature: ["Enc: the figures of the year", "cc: the Leader of the {{ authority.noun }}"]
"""

EDITION_FILE = "data/2031/edition.yaml"
WITH_LETTERHEAD: dict[str, str | bytes | None] = {
    EDITION_FILE: EDITION + LETTERHEAD,
    "templates/2031/pictures/duck.svg": DUCK,
    "templates/2031/pictures/scribble.png": scribble(),
}


def with_letterhead(*lines: str) -> dict[str, str | bytes | None]:
    """An edition with these lines of a letterhead alone."""
    text = "".join(f"  {line}\n" for line in lines)
    return {**WITH_LETTERHEAD, EDITION_FILE: f"{EDITION}letterhead:\n{text}"}

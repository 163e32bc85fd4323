"""What a cell shows of the value stored in it: the same through its number format.

Formats are read as spreadsheet programs do, as far as counts and rates need: dates, fractions and
powers of ten are not, and what is not known is never taken for harmless.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

PLAIN = frozenset({"General", "0", "@"})
"""Formats that show every whole number as it is."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<digit>[0#?])|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(?P<how><=|>=|<>|<|>|=)(?P<limit>-?[0-9]+(\.[0-9]+)?)")
_COLOUR = re.compile(r"black|green|blue|red|yellow|magenta|cyan|color ?[0-9]+", re.IGNORECASE)
_AS_IT_IS = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}([, \u00a0\u202f][0-9]{3})+)(\.[0-9]*)?%?")

_LARGEST, _MOST_DIGITS = Decimal(10) ** 15, 12
"""Beyond these a number cannot be worked out exactly."""

Token = tuple[str, str]
"""What sort it is (a group of `_TOKEN`), and its text."""


def is_as_it_is(shown: str | None) -> bool:
    """Whether what is shown is a number and nothing else: thousands may be marked."""
    return shown is not None and bool(_AS_IT_IS.fullmatch(shown.strip()))


@lru_cache(maxsize=4096)
def shown_number(number: Decimal, number_format: str) -> str | None:
    """What a number that is not negative is shown as; None where the format is not read."""
    sections = _sections(number_format)
    chosen = _section_for(number, sections)
    if chosen is None or number >= _LARGEST or sum(s == "digit" for s, _ in chosen) > _MOST_DIGITS:
        return None
    texts: list[Token] = []
    for sort, text in chosen:
        if sort == "bracket":
            if re.fullmatch("white|color ?2", text, re.IGNORECASE):
                return ""
            if not (text.startswith("$") or _COLOUR.fullmatch(text) or _CONDITION.fullmatch(text)):
                return None
            texts.append(("quoted", text.strip("$").partition("-")[0] if text[:1] == "$" else ""))
        elif sort == "sign" and (text.isalpha() or text == "/"):
            return None
        elif sort == "general" or (sort, text) == ("sign", "@"):
            texts.append(("quoted", f"{number:f}"))
        else:
            is_space = sort == "gap" or (sort == "fill" and text == " ")
            texts.append((sort, "" if is_space else text))
    return _filled_in(number, texts)


def shown_text(text: str, number_format: str) -> str:
    """What a text is shown as: by the fourth section of a format, or the one that has an "@"."""
    sections = _sections(number_format)
    own = sections[3:4] or [s for s in sections[-1:] if ("sign", "@") in s]
    if not own:
        return text
    shown = (text if token == ("sign", "@") else token[1] for token in own[0] if _prints(token))
    return "".join(shown)


def _prints(token: Token) -> bool:
    return token[0] not in ("gap", "fill", "bracket")


@lru_cache(maxsize=256)
def _sections(number_format: str) -> list[list[Token]]:
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(number_format):
        sort = found.lastgroup or ""
        if (sort, found[0]) == ("sign", ";"):
            sections.append([])
        else:
            sections[-1].append((sort, found[sort]))
    return sections


def _section_for(number: Decimal, sections: list[list[Token]]) -> list[Token] | None:
    """The section for a number: the first whose condition holds, else that of its sign."""
    said = [
        next((c for s, t in section if s == "bracket" and (c := _CONDITION.fullmatch(t))), None)
        for section in sections
    ]
    if any(said):
        holds = (s for s, c in zip(sections, said, strict=True) if c is None or _holds(number, c))
        return next(holds, None)
    return sections[2] if len(sections) > 2 and not number else sections[0]


def _holds(number: Decimal, condition: re.Match[str]) -> bool:
    how, limit = condition["how"], Decimal(condition["limit"])
    return (
        ("<" in how and number < limit)
        or (">" in how and number > limit)
        or ("=" in how and number == limit)
    )


def _filled_in(number: Decimal, tokens: list[Token]) -> str:
    """The digits where the format has room for them, among its other characters."""
    digits_at = [i for i, (sort, _) in enumerate(tokens) if sort == "digit"]
    commas = [i for i, token in enumerate(tokens) if token == ("sign", ",") and digits_at]
    dot = next((i for i, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))
    places = [i for i in digits_at if i < dot]
    is_grouped = any(places[0] < i < places[-1] for i in commas if places)
    thousands = sum(i > digits_at[-1] for i in commas)
    scale = 2 * tokens.count(("sign", "%")) - 3 * thousands
    after = len(digits_at) - len(places)
    rounded = number.scaleb(scale).quantize(Decimal(1).scaleb(-after), ROUND_HALF_UP)
    digits, _, fraction = f"{rounded:f}".partition(".")
    left = list(digits.lstrip("0"))
    shown: list[str] = []
    placed = 0
    for i in reversed(range(dot)):
        sort, text = tokens[i]
        if sort != "digit":
            shown.append("" if i in commas else text)
            continue
        for _ in range(max(len(left), 1) if i == places[0] else 1):
            digit = left.pop() if left else {"0": "0", "?": " "}.get(text, "")
            shown.append("," if is_grouped and digit and placed and placed % 3 == 0 else "")
            shown.append(digit)
            placed += 1
    kept = list(fraction)
    for i, (sort, text) in enumerate(tokens[dot:], start=dot):
        if sort != "digit":
            shown.insert(0, "" if i in commas else text)
            continue
        digit = kept.pop(0)
        shown.insert(0, digit if text == "0" or digit != "0" or any(d != "0" for d in kept) else "")
    return "".join(reversed(shown))

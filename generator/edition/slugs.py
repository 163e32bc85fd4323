"""Slugs: what an authority's name gives for names of files and addresses."""

import re
import unicodedata


def slug_of(name: str) -> str:
    """The slug of a name: `kings-lynn-and-west-norfolk-borough-council`.

    Lower case, accents folded, `&` is "and", apostrophes and full stops dropped, the rest hyphens.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = re.sub("['\u2018\u2019\u02bc.]", "", letters.replace("&", " and "))
    return re.sub("[^a-z0-9]+", "-", words).strip("-")

"""An invented country of 400 authorities, with all that real lists of them have and no mistake.

Names that hold each other, joint chief executives, people named like places, interim offices,
titles, accents, domains in full and short: whatever alarms a check here is a false alarm.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, islice, product

from generator.edition.values import slug_of

Files = Mapping[str, str]

ROOTS = (
    "Ambridge Felpersham Penny Larkspur Quickthorn Merriweather Thistledown Applegarth Teapot "
    "Muffin Custard Turnip Bucket Trumpet Biscuit Crumpet Pudding Gooseberry Rhubarb Marmalade "
    "Umbrella "
    "Slipper Wheelbarrow Dandelion Thimble Noodle Treacle Walnut Pumpkin Bobbin Kettle"
)
"""Each the root of a family: a city, its county, its corners, its moors."""


@dataclass(frozen=True)
class Place:
    """An authority's name and its domain, and its kind where its name does not say it."""

    name: str
    domain: str
    kind: str = ""


def family(root: str, other: str) -> Iterator[Place]:
    """The authorities of a county, whose names hold each other's."""
    r, o = root.lower(), other.lower()
    yield Place(f"{root} City Council", f"{r}.gov.uk")
    yield Place(f"{root}shire County Council", f"{r}shire.gov.uk")
    yield Place(f"North West {root}shire District Council", f"nw{r[:5]}s.gov.uk")
    yield Place(f"South {root} District Council", f"s{r[:4]}s.gov.uk")
    yield Place(f"North {root}shire Moors National Park Authority", f"north{r}moors.org.uk", "a")
    yield Place(f"London Borough of {root}ing and {other}ham", f"lb{r[0]}{o[0]}.gov.uk")
    yield Place(f"Royal Borough of {root}sor and {other}head", f"rb{r[0]}{o[0]}.gov.uk")
    yield Place(f"King's {root} and West {other} Borough Council", f"west-{o}.gov.uk")
    yield Place(f"{root} and North East {other}set Council", f"{r}nes.gov.uk")
    yield Place(f"{root}-on-the-Wold Metropolitan Borough Council", f"{r}wold.gov.uk")
    yield Place(f"City of {root}ford Metropolitan District Council", f"{r}ford.gov.uk")
    yield Place(f"West {root}shire Combined Authority", f"west{r}-ca.gov.uk", "a")
    yield Place(f"Isle of {root} Council", f"io{r[:5]}.gov.uk")


WELSH_AND_OTHERS = (
    Place("Llanfŷr Dŵr County Council", "llanfyrdwr.gov.uk"),
    Place("Ynys Wên and Pen-y-Môr Council", "ynyswen.gov.uk"),
    Place("Tŷ-Glâs Borough Council", "ty-glas.gov.uk"),
    Place("St. Crumpet's Borough Council", "stcrumpets.gov.uk"),
    Place("Kingston upon Thimble City Council", "thimblecc.gov.uk"),
    Place("The Broad Ditches Authority", "ditches-authority.gov.uk", "a"),
    Place("Reading and Writing Borough Council", "rwbc.gov.uk"),
    Place("Hart-in-Hand Town Council", "hartinhand-tc.gov.uk"),
    Place("Greater Borsetshire Authority", "borsetshire.example", "a"),
    Place("Transport for Borsetshire", "tfb.example", "a"),
    Place("Corporation of Old Borset", "oldborset.gov.uk", "a"),
)

GIVEN = (
    "Walter Dorothy Jethro Martha Silas Prudence Barnaby Winifred Tobias Clementine Siân Zoë Renée "
    "Bartholomew Ottilie J. Anne-Marie Ng Tom Hyacinth Al Ægir Ffion To"
)
LAST = (
    "Larkspur Pennywhistle Quickthorn O'Bucket McTeapot Turnip-Custard FitzMuffin Ó'Dubh "
    "Van-Treacle Thistledown de-Noodle MacBobbin Felpersham Ambridge Appleyard Łąka "
    "Crumpet D'Umbrella North "
    "Walnut-Kettle Good York"
)
"""Many people are named like a place, and so like another authority."""

OFFICES = (
    *("Chief Executive", "Chief Executive", "Managing Director", "Interim Chief Executive"),
    *("Head of Paid Service", "Town Clerk & Chief Executive", "Acting Chief Executive (s.151)"),
    *("Chief Executive, {name}", "Strategic Director & S151 Officer", "Chief Executive of {name}"),
)


def people() -> Iterator[tuple[str, str]]:
    """Names, no two alike, each with a salutation, blank where it is the name."""
    for number, (last, given) in zip(count(), product(LAST.split(), GIVEN.split()), strict=False):
        name = f"{given} {last}"
        yield (
            (name, ""),
            (f"Sir {name}", f"Sir {given}"),
            (f"Cllr {name}", f"Cllr {last}"),
            (f"Dr {name} OBE", f"Dr {last}"),
            (name, f"Ms {last}"),
            (name, given if len(given) > 2 else f"{given} {last}"),
            (f"Beverley {name}", "Bev"),
            (f"{name} Jr.", f"Mr {last} Jr."),
        )[number % 8]


def authority_file(place: Place, number: int, who: list[tuple[str, str]]) -> str:
    """One authority's file; each seventh has two chief executives, each third an alias."""
    if number % 7 == 0:
        names = [name for name, _ in who]
        addressee = f'  name: ["{names[0]}", "{names[1]}"]\n'
        addressee += f'  salutation: "{names[0]} and {names[1]}"\n'
    else:
        name, salutation = who[0]
        addressee = f'  name: "{name}"\n'
        addressee += f'  salutation: "{salutation}"\n' if salutation else ""
    office = OFFICES[number % len(OFFICES)].format(name=place.name)
    mailbox = ("chief.executive", "ceo", f"w.o'{number}", "Chief_Executive+letters")[number % 4]
    kind = "kind: authority\n" if place.kind else ""
    alias = f'aliases: ["{place.name.replace("Council", "Cncl")} ({number})"]\n'
    return (
        f'name: "{place.name}"\n{kind}addressee:\n{addressee}  office: "{office}"\n'
        f"  email: {mailbox}@{place.domain}\n"
        f"received: {{roads: {number}, ponds: {number + 14}}}\n"
        f"decided: {{advice_given: {number + 1}, not_upheld: 5, upheld: 4}}\n"
        f"remedied: {{by_us: 2, by_authority: 1}}\n{alias if number % 3 == 0 else ''}"
    )


def england(authorities: int = 400) -> Files:
    """The files of so many authorities, by path in a workspace."""
    roots = ROOTS.split()
    families = (family(r, o) for r, o in zip(roots, [*roots[1:], roots[0]], strict=True))
    places = islice(chain(WELSH_AND_OTHERS, *families), authorities)
    persons = people()
    files = {}
    for number, place in enumerate(places):
        who = list(islice(persons, 2 if number % 7 == 0 else 1))
        path = f"data/2031/authorities/{slug_of(place.name)}.yaml"
        files[path] = authority_file(place, number, who)
    return files

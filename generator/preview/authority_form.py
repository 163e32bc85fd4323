"""The page of one authority's form: what its file says, to be filled in, and what is to confirm."""

from generator.edition.languages import whose
from generator.edition.yaml_tree import read_yaml
from generator.files.recovery import digest_at
from generator.preview.actions import file_name
from generator.preview.authority_fields import field_groups, filled_in
from generator.preview.edition_snapshot import EditionSnapshot, ShownLetter
from generator.preview.page_images import ShownPages, headings_of
from generator.preview.pages import render, to_confirm
from generator.preview.preview_state import PreviewState


def form_page(
    desk: PreviewState,
    reading: EditionSnapshot,
    letter: ShownLetter,
    pages: ShownPages | None,
    draft: str,
) -> str:
    """The form as the file is now, beside the letter; without fields where it cannot be read.

    `draft` says for which page the letter is shown as somebody fills it in, and not as it is.
    """
    slug = whose(letter.slug)
    path = desk.folders.authorities / f"{slug}.yaml"
    digest = digest_at(path)  # before it is read: so that no save between is written over
    tree, problems = read_yaml(path)
    edition = reading.loaded.edition
    groups = field_groups(tree, edition) if tree and edition and not problems else ()
    figures = {column.group for column in edition.columns()} if edition else set()
    return render(
        "authority",
        desk,
        slug=slug,
        letter=letter,
        pages=pages,
        headings=headings_of(letter),
        draft=draft,
        heading=reading.letters[letter.slug].name,
        file=file_name(path, desk.folders),
        digest=digest,
        groups=groups,
        tables={f.key for f in filled_in(groups) if f.steps[0] in figures},
        problems=problems,
        to_confirm=to_confirm(reading, slug),
    )

"""All that is written for a new edition: its two folders, and the schemas editors read it with."""

from dataclasses import replace
from pathlib import Path

from generator.edition.schemas import schema_files
from generator.files.parts import Content
from generator.lineage.new_edition_plan import NewEdition


def edition_contents(new: NewEdition) -> dict[Path, Content]:
    """The files and folders of a new edition; its data come last of those that make it one."""
    edition = replace(new.before, year=new.folders.year)
    schemas = schema_files(new.folders.workspace, edition)
    return {
        **{path: text.encode() for path, text in schemas.items()},
        new.folders.templates: new.templates,
        new.folders.data: new.data,
    }

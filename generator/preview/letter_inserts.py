"""The inserts of a letter, for who gives and takes them, and whom a rule would give one."""

from collections.abc import Mapping
from typing import Any

from generator.edition.languages import whose
from generator.files.recovery import digest_at
from generator.letter.expressions import ExpressionError
from generator.letter.roles import Role
from generator.letter.rules import parse_rule
from generator.letter.variables import variables_of, vocabulary
from generator.letter.wording_block import Blocks
from generator.preview.actions import ActionRequest, DeskAction, Reply, file_name
from generator.preview.desk_sessions import DeskSession
from generator.preview.edition_snapshot import EditionSnapshot, GoodLetter
from generator.preview.insert_actions import OneLine
from generator.preview.preview_state import PreviewState
from generator.problems import Place, Problem
from generator.workspace import EditionFolders

_OPENING_WORDS = 8


def inserts_of(good: GoodLetter, folders: EditionFolders) -> Mapping[str, Any]:
    """All inserts that a letter could have, how it stands with each, and where more can go."""
    authority, wording = good.authority, good.wording
    named = {chosen.insert for chosen in authority.inserts}
    inserts = []
    for name, path in wording.insert_files.items():
        insert = wording.inserts.get(name)
        if insert is None:
            continue
        how = "named" if name in named else "declined" if name in authority.declines else ""
        if not how and name in good.composed.inserts:
            how = "by its rule"
        inserts.append(
            {
                "name": name,
                "has": name in good.composed.inserts,
                "how": how,
                "rule": insert.rule.source if insert.rule else "",
                "words": insert.blocks[0].source if insert.blocks else "",
                "needs": sorted(insert.values),
                "file": file_name(path, folders),
                "stem": path.stem,
                "digest": digest_at(path),
            }
        )
    return {
        "authority": whose(good.letter.slug),
        "file": file_name(authority.path, folders),
        "digest": digest_at(authority.path),
        "inserts": inserts,
        "sections": [
            {"name": name, "openings": _openings(blocks)}
            for name, blocks in wording.sections.items()
        ],
    }


def _openings(blocks: Blocks) -> list[str]:
    """The first words of each paragraph that an insert can follow, enough to tell it."""
    sources = [" ".join(b.source.split()) for b in blocks if b.role is not Role.HEADING]
    found = []
    for source in sources:
        words = source.split(" ")
        for number in range(_OPENING_WORDS, len(words) + _OPENING_WORDS):
            opening = " ".join(words[:number])
            if sum(each.startswith(opening) for each in sources) == 1:
                found.append(opening)
                break
    return found


class HitsRequest(ActionRequest):
    """A rule that is being written."""

    rule: OneLine


async def _hits(desk: PreviewState, _session: DeskSession, asked: HitsRequest) -> Reply:
    """Say to which letters a rule applies, or what is wrong with it."""
    reading = desk.reading
    if reading is None or reading.loaded.edition is None:
        return Reply(more={"said": ""})
    return await desk.tasks.do("impact", _count_hits, reading, asked.rule)


def _count_hits(reading: EditionSnapshot, source: str) -> Reply:
    edition = reading.loaded.data.edition
    assert edition is not None
    try:
        rule = parse_rule(source, vocabulary(edition))
    except ExpressionError as error:
        return Reply(422, [Problem(Place(edition.path), str(error))])
    without = reading.loaded.without_letter
    authorities = (a for a in reading.loaded.data.authorities.values() if a.slug not in without)
    decided = [(each.name, rule.decide(variables_of(edition, each))) for each in authorities]
    holding = [name for name, holds in decided if holds]
    undecided = sum(holds is None for _, holds in decided)
    said = f"It applies to {len(holding):,} of {len(decided):,} letters"
    said += f"; undecided for {undecided:,}, where a figure is missing." if undecided else "."
    return Reply(more={"said": said, "names": holding[:12], "holds": len(holding)})


HITS = DeskAction("hits", HitsRequest, _hits)

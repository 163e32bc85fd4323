"""`letters issue`: what was sent is what was approved, built and proven, and stays as it was."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands.verify import verified
from generator.issuing.register import read_register
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, ROOT
from tests.commands.conftest import Run, Said

pytestmark = pytest.mark.processes  # what was issued is read back in one

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = Path(f"data/2031/authorities/{A}.yaml")
ISSUED = Path("issued/2031")


def approve_all(run: Run) -> None:
    shown = run("review", "--json").json["list"]
    assert run("approve", "--all", "--shown", shown, "--by", "Ida").code == 0


@pytest.fixture
def ready(built: Run) -> Run:
    """Runs a command where the letters are built and approved."""
    approve_all(built)
    return built


def issue(run: Run, *words: str) -> Said:
    return run("issue", "--by", "Ida", *words)


def reasons(said: Said) -> dict[str, str]:
    return {each["slug"]: each["reason"] for each in said.json["letters"]}


def test_letters_are_copied_with_their_entry_in_the_register(ready: Run) -> None:
    said = issue(ready)

    assert (said.code, said.out) == (0, "2 letters: 2 issued.\n")
    for kind, end in (("pdf", "pdf"), ("html", "html"), ("text", "txt")):
        copy = ISSUED / A / "1" / f"{A}.{end}"
        assert copy.read_bytes() == Path(f"output/2031/{kind}/{A}.{end}").read_bytes()
        assert copy.stat().st_mode & 0o222 == 0
    register = read_register(Workspace(Path.cwd()).edition(2031))
    assert register.problems == ()
    entry = register.last(A)
    assert entry is not None
    assert (entry.number, entry.by, len(entry.approvals)) == (1, "Ida", 1)
    assert issue(ready).out == "2 letters: 2 already issued.\n"
    assert ready("verify", "--issued").out == "2 letters proven.\n"


def test_what_is_not_approved_built_or_proven_is_not_issued(built: Run) -> None:
    said = issue(built, "--json")
    assert said.code == 1
    assert {reason.partition(":")[0] for reason in reasons(said).values()} == {"not approved"}

    approve_all(built)
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    approve_all(built)
    Path(f"output/2031/pdf/{F}.pdf").write_bytes(b"%PDF-1.7 other")
    found = reasons(issue(built, "--json"))
    assert found[A] == "out of date (figures changed); build it first"
    assert found[F].startswith(
        f"out of date (pdf/{F}.pdf has changed since it was built); build it first"
    )
    assert not ISSUED.exists()


def test_a_letter_that_was_tampered_with_is_not_issued_whatever_the_manifest_says(
    ready: Run,
) -> None:
    """Nor one whose words are the same: it must be what its data make, byte for byte."""
    path, manifest = Path(f"output/2031/pdf/{A}.pdf"), Path("output/2031/manifest.json")
    path.write_bytes(path.read_bytes() + b"\n% more\n")
    entries = json.loads(manifest.read_text())
    made = entries["letters"][A]["files"][f"pdf/{A}.pdf"]
    made["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    made["bytes"] = path.stat().st_size
    manifest.write_text(json.dumps(entries))

    found = reasons(issue(ready, "--json"))

    assert found[A].startswith("damaged: extra data is appended to it")
    assert found[F] == ""
    assert [path.name for path in ISSUED.iterdir()] == [F]


def test_issued_again_it_says_what_changed_and_the_old_one_stays(ready: Run) -> None:
    issue(ready)
    old = (ISSUED / A / "1" / f"{A}.pdf").read_bytes()
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    ready("build", "-q")
    approve_all(ready)

    said = issue(ready, "--reason", "A figure was corrected.", "--json")

    assert said.json["letters"][0]["reason"] == "replaces issue 1"
    assert said.json["letters"][1]["status"] == "unchanged"
    note = (ISSUED / A / "2/note.md").read_text()
    assert note.startswith(
        "# Ambridge District Council: issue 2, replaces issue 1\n\nA figure was corrected.\n"
    )
    assert "Ponds and Ducks 14 → 15" in note
    assert (ISSUED / A / "1" / f"{A}.pdf").read_bytes() == old
    assert ready("verify", "--issued").out == "2 letters proven; 1 intact, superseded.\n"


def test_what_is_compared_with_next_year_is_what_was_issued_last(ready: Run) -> None:
    issue(ready)
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    ready("build", "-q")
    approve_all(ready)
    issue(ready)

    said = ready("diff", "--against", "2031", "--json").json

    assert said["against"] == "the letters issued for 2031, in issued/2031"
    assert [letter["changes"] for letter in said["letters"]] == [[], []]


def test_a_file_that_is_not_as_it_was_issued_is_named(ready: Run) -> None:
    issue(ready)
    path = ISSUED / A / "1" / f"{A}.pdf"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))

    said = ready("verify", "--issued", "--json")

    assert said.code == 1
    assert {each["slug"]: each["status"] for each in said.json["letters"]} == {
        A: "damaged",
        F: "proven",
    }


def test_with_all_forged_to_match_it_is_never_proven(ready: Run) -> None:
    """Who changes a letter, the register and the approvals is told by the letter made anew."""
    issue(ready)
    path, entry = ISSUED / A / "1" / f"{A}.pdf", ISSUED / A / "1/issue.json"
    for each in (path, entry):
        each.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")
    said = json.loads(entry.read_text())
    said["files"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    for forged in (said, {**said, "engine": {**said["engine"], "weasyprint": "69.0"}}):
        entry.write_text(json.dumps(forged))
        found = ready("verify", "--issued", "--json").json["letters"][0]
        assert found["status"] != "proven"
        assert found["status"] == "damaged" or "not re-made" in found["reason"]


def forge(path: Path, **said: object) -> None:
    """Write other words into a file of ours, whoever may write it."""
    path.chmod(0o644)
    path.write_text(json.dumps({**json.loads(path.read_text()), **said}))


def test_a_whole_other_letter_with_all_records_forged_to_match_is_named(ready: Run) -> None:
    """A letter with another figure, made by this program: PDF, page, text, all sums, approvals."""
    issue(ready)
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    ready("build", "-q")
    approve_all(ready)  # of the other figures: as good a decision as any
    names = [f"{A}.{end}" for end in ("pdf", "html", "txt")]
    made = {n: next(Path("output/2031").glob(f"*/{n}")).read_bytes() for n in names}
    A_FILE.write_text(AMBRIDGE)
    folder = ISSUED / A / "1"
    for name, content in made.items():
        (folder / name).chmod(0o644)
        (folder / name).write_bytes(content)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    inputs = json.loads(Path("output/2031/manifest.json").read_text())["letters"][A]["inputs"]
    forge(folder / "issue.json", files=sums)

    forgeries: tuple[dict[str, object], ...] = (
        {},
        {"inputs": inputs},
        {"engine": {"weasyprint": "69.0"}},
        {"inputs": {}},
    )
    for then in forgeries:
        forge(folder / "issue.json", **then)
        said = ready("verify", "--issued", "--json")
        assert said.code == 1
        found = said.json["letters"][0]
        assert found["status"] in {"damaged", "out of date"}
        assert "received.ponds was 15 and is now 14" in found["reason"]


def test_an_entry_that_lies_elsewhere_or_cannot_be_read_is_a_problem(ready: Run) -> None:
    issue(ready)
    (ISSUED / A / "1").rename(ISSUED / A / "7")
    (ISSUED / F / "1/issue.json").chmod(0o644)
    (ISSUED / F / "1/issue.json").write_text("{")

    said = ready("verify", "--issued")

    assert said.code == 1
    assert "is the entry of issue 1 of ambridge-district-council, in the wrong folder" in said.err
    assert "is not a register entry in this program's format" in said.err


@pytest.mark.thorough
def test_two_processes_at_once_lose_nothing(ready: Run) -> None:
    words = [str(Path(sys.executable).with_name("letters")), "issue", "--by", "Ida", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(words, stdout=subprocess.PIPE, env=environment, text=True) for _ in "123"
    ]
    said = [json.loads(each.communicate()[0])["letters"] for each in running]

    for slug in (A, F):
        statuses = sorted(e["status"] for letters in said for e in letters if e["slug"] == slug)
        assert statuses.count("issued") == 1
        assert [path.name for path in (ISSUED / slug).iterdir()] == ["1"]
    assert ready("verify", "--issued").out == "2 letters proven.\n"


def test_what_was_issued_under_a_former_name_stays_the_letter_of_its_authority(ready: Run) -> None:
    issue(ready)
    assert ready("rename", A, "Ambridge and Penny Hassett District Council").code == 0
    new = "ambridge-and-penny-hassett-district-council"

    said = ready("verify", "--issued", "--json")

    assert said.code == 0
    assert {each["slug"]: each["status"] for each in said.json["letters"]} == {
        new: "intact",
        F: "proven",
    }
    assert said.json["letters"][0]["reason"] == f"not re-made (issued as {A})"
    assert ready("diff", "--against", "2031", "--json").json["against"].endswith("issued/2031")
    ready("build", "-q")
    approve_all(ready)
    found = issue(ready, "--json").json["letters"]
    assert found[0]["reason"] == f"replaces issue 1 of {A}"
    assert ready("verify", "--issued").out == "2 letters proven; 1 intact, superseded.\n"


def test_every_issue_is_verified_also_one_that_was_superseded(ready: Run) -> None:
    issue(ready)
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    ready("build", "-q")
    approve_all(ready)
    issue(ready)
    first, second = (ISSUED / A / number / f"{A}.html" for number in "12")
    first.chmod(0o644)
    first.write_text(first.read_text().replace(">14<", ">16<"))

    said = ready("verify", "--issued", "--json")

    assert said.code == 1
    statuses = {each["slug"]: each["status"] for each in said.json["letters"]}
    assert statuses == {A: "proven", F: "proven", f"{A}/1": "damaged"}
    assert [each["message"] for each in said.json["problems"]] == ["changed since it was issued"]
    assert second.exists()


def test_what_was_put_among_the_issues_or_taken_away_is_named(ready: Run) -> None:
    issue(ready)
    (ISSUED / A / "1/other.pdf").write_bytes(b"%PDF-1.7")
    (ISSUED / F / "1").rename(Path("elsewhere"))
    shown = ready("verify", "--issued")
    assert f"{ISSUED / A / '1/other.pdf'}: error: does not belong to this issue" in shown.err
    assert f"{ISSUED / F / '1' / F}.pdf: error: missing: it has not been built" in shown.err


def test_a_letter_whose_data_are_wrong_now_is_still_as_it_was_issued(ready: Run) -> None:
    issue(ready)
    A_FILE.write_text(AMBRIDGE.replace("upheld: 3", "upheld: three"))

    found = {each["slug"]: each for each in ready("verify", "--issued", "--json").json["letters"]}

    assert found[A]["status"] == "intact"
    assert found[A]["reason"].startswith("not re-made (its data or wording has errors")


def test_a_letter_that_is_built_anew_meanwhile_is_not_issued(
    ready: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is proven and what is copied are the same bytes, whatever another command does."""
    prove = verified

    def built_after_the_proof(*words: object) -> object:
        for result in prove(*words):  # type: ignore[arg-type]
            path = Path(f"output/2031/html/{result.slug}.html")
            path.write_text(path.read_text().replace(">14<", ">15<"))
            yield result

    monkeypatch.setattr("generator.commands.verify.verified", built_after_the_proof)

    said = issue(ready, "--json")

    assert "it was built again meanwhile" in reasons(said)[A]
    assert not (ISSUED / A).exists()


@pytest.mark.thorough
def test_who_approves_issues_and_builds_at_once_loses_nothing(ready: Run) -> None:
    issue(ready)
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    shown = ready("review", "--json").json["list"]
    program, environment = str(Path(sys.executable).with_name("letters")), {**os.environ}
    commands = [
        *(["approve", "--all", "--shown", shown, "--by", by] for by in ("Ola", "Una", "Eve")),
        *(["build", "-q"], ["build", "-q"], ["issue", "--by", "Ida"], ["issue", "--by", "Ida"]),
    ]
    running = [
        subprocess.Popen([program, *words], stderr=subprocess.PIPE, env=environment, text=True)
        for words in commands
    ]
    ended = [(each.communicate()[1], each.returncode) for each in running]

    assert [code for _, code in ended[:3]] == [0, 0, 0]
    assert [
        said for said, _ in ended if "Traceback" in said or "mistake of this program" in said
    ] == []
    ready("build", "-q")
    assert issue(ready).code == 0
    items = ready("review", "--json").json["items"]
    approved = {each["standing"] for each in items if each["name"] == A}
    assert {*re.findall("[A-Z][a-z]+", " ".join(approved))} == {"Ola", "Una", "Eve"}
    assert [path.name for path in sorted((ISSUED / A).iterdir())] == ["1", "2"]
    assert [path.name for path in (ISSUED / F).iterdir()] == ["1"]
    assert ready("verify", "--issued").out == "2 letters proven; 1 intact, superseded.\n"

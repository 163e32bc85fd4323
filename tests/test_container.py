"""The Containerfile's own steps, in a bare Debian; and what they make, run as an image is run."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.borsetshire import ROOT

CONTAINERFILE = (ROOT / "Containerfile").read_text()


def steps() -> list[tuple[str, str]]:
    """The instructions and what they say, with the lines that go on joined."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.MULTILINE))
    return [(line.split()[0], line.partition(" ")[2]) for line in text.splitlines() if line]


def test_it_installs_what_set_up_installs() -> None:
    named = re.findall(r"(?:more=|more=')((?:python3|lib)[\w.\- ]+)", (ROOT / "set-up").read_text())
    wanted = {each for names in named for each in names.split()} - {"libatomic1"}
    installed = re.search(
        r"--no-install-recommends\s+([\w.\- ]+?)\s*&&", dict(reversed(steps()))["RUN"]
    )

    assert installed is not None
    assert {*installed[1].split()} == wanted


def test_its_last_user_is_not_root() -> None:
    assert [said for instruction, said in steps() if instruction == "USER"] == ["letters"]


@dataclass
class Image:
    """A root that the steps have been run in, and what they say of how it is run."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    user: str = ""
    folder: str = "/"
    command: list[str] = field(default_factory=list)

    def run(self, *words: str, workspace: Path) -> subprocess.CompletedProcess[str]:
        """Run the program as an image is run with `--read-only --tmpfs /tmp --volume`."""
        script = (
            'mount --bind "$1" "$1" && mount --bind "$2" "$1$3" && mount -t tmpfs tmpfs "$1/tmp"'
            ' && mount -o remount,ro,bind "$1" && root=$1 folder=$3 user=$4 && shift 4'
            ' && exec /usr/sbin/chroot --userspec="$user" "$root"'
            ' sh -c \'cd "$0" && exec "$@"\' "$folder" "$@"'
        )
        said = [str(self.root), str(workspace), self.folder, self.user, *self.command, *words]
        return subprocess.run(
            ["unshare", "--mount", "--net", "sh", "-c", script, "sh", *said],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def build_image(root: Path) -> Image:
    """Do what the Containerfile says in a bare Debian."""
    image = Image(root)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
    if "PIP_CERT" in os.environ:  # what this computer needs to reach the internet
        shutil.copy(os.environ["PIP_CERT"], root / "srv/certificates")
        environment["PIP_CERT"] = "/srv/certificates"
    for instruction, said in steps():
        match instruction:
            case "FROM":
                assert said == "docker.io/library/debian:bookworm-slim"
            case "RUN":
                command = ["chroot", str(root), "sh", "-c", said]
                done = subprocess.run(command, env=environment, capture_output=True, text=True)
                assert done.returncode == 0, f"{said}\n{done.stdout}{done.stderr}"
            case "COPY":
                *sources, target = said.split()
                _copy(sources, root / target.removeprefix("/"))
            case "ENV":
                name, _, value = said.partition("=")
                image.environment[name] = value
            case "USER":
                image.user = said
            case "WORKDIR":
                image.folder = said
            case "ENTRYPOINT":
                image.command = json.loads(said)
            case _:
                raise AssertionError(f"the test knows no {instruction}")
    return image


def _copy(sources: list[str], target: Path) -> None:
    """Copy files into a folder, and what a folder holds, as COPY does."""
    target.mkdir(parents=True, exist_ok=True)
    for name in sources:
        source = ROOT / name
        if source.is_dir():
            leave_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=leave_out)
        else:
            shutil.copy(source, target)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "root"
    subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", "bookworm", root], check=True)
    yield root
    shutil.rmtree(root)


@pytest.mark.processes
@pytest.mark.thorough
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a root of Debian's")
@pytest.mark.skipif(shutil.which("mmdebstrap") is None, reason="mmdebstrap is not installed")
def test_its_steps_make_a_program_that_writes_into_the_workspace_alone(
    bare: Path, tmp_path: Path
) -> None:
    image = build_image(bare)
    workspace = tmp_path / "workspace"
    workspace.mkdir(mode=0o777)
    workspace.chmod(0o777)  # else it is the user's own, as --userns keep-id has it

    begun = image.run("init", "--example", "borsetshire", workspace=workspace)
    checked = image.run("check", workspace=workspace)
    built = image.run("build", "felpersham", workspace=workspace)
    compared = image.run("diff", "--stat", workspace=workspace)

    assert begun.returncode == 0, begun.stderr
    assert "12 letters checked: no errors, no warnings." in checked.stdout, checked.stderr
    assert "1 letter: 1 written" in built.stdout, built.stderr
    assert "11 letters compared: 11 changed" in compared.stdout, compared.stderr
    assert not (bare / "opt/letters/source").exists()
    assert {path.stat().st_uid for path in workspace.rglob("*")} == {10001}

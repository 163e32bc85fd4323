"""What is installed from a wheel is the whole program: no clone beside it, and no network."""

import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from flit_core import buildapi

from tests.borsetshire import ROOT

NO_NETWORK = """\
import ipaddress, sys

def hear(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        if not ipaddress.ip_address(arguments[1][0]).is_loopback:
            raise OSError(f"this computer has no network: {arguments[1]}")
    if event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "localhost", None):
        raise OSError(f"this computer has no network: {arguments[0]}")

sys.addaudithook(hear)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield folder / buildapi.build_wheel(str(folder))


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    program = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "generator").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }

    with zipfile.ZipFile(wheel) as file:
        names = {name for name in file.namelist() if ".dist-info/" not in name}

    assert names == program
    assert "generator/assets/base/letter.html.jinja" in names
    assert "generator/assets/examples/borsetshire/data/2025/edition.yaml" in names


@pytest.fixture
def letters(wheel: Path, tmp_path: Path) -> Path:
    """The program, installed in an environment that has what it needs, and no way to the clone."""
    environment = tmp_path / "environment"
    make = [sys.executable, "-m", "venv", "--without-pip", str(environment)]
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin/python")]
    subprocess.run(make, check=True)
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    (packages,) = environment.glob("lib/python3*/site-packages")
    (packages / "sitecustomize.py").write_text(NO_NETWORK)
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin/letters"


@pytest.mark.processes
@pytest.mark.thorough
def test_a_workspace_begun_by_the_installed_program_is_built_checked_compared_and_shown(
    letters: Path, tmp_path: Path
) -> None:
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

    def run(words: str, folder: str = "") -> str:
        command = [str(letters), *words.split()]
        return subprocess.run(
            command,
            cwd=tmp_path / folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    where = "import generator; print(generator.__file__)"
    code = subprocess.run(
        [letters.parent / "python", "-c", where], cwd=tmp_path, capture_output=True, text=True
    ).stdout
    assert code.startswith(str(tmp_path))

    assert "letters build --workspace county" in run("init county --example borsetshire")
    assert "12 letters checked: no errors" in run("check", "county")
    assert "1 letter: 1 written" in run("build felpersham", "county")
    assert "1 letter proven." in run("verify felpersham", "county")
    assert "11 letters compared: 11 changed" in run("diff --stat", "county")
    assert "figures-2025.xlsx:Outcomes!G11" in run("trace felpersham fault_rate", "county")
    assert "4 of 36 figures to change" in run(
        "import spreadsheets/revised-remedies-2025.csv", "county"
    )
    assert "Edition 2026 was started from 2025" in run("new-edition 2026", "county")
    assert "--workspace mine" in run("init mine")
    assert "1 letter: 1 written" in run("build", "mine")
    assert _shown([str(letters), "preview", "--port", "0"], tmp_path / "mine", environment)


def _shown(command: list[str], folder: Path, environment: dict[str, str]) -> bool:
    """Whether the desk has a page with the letter's authority."""
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as desk:
        assert desk.stdout is not None
        try:
            address = re.sub(r".*(https?://\S+).*", r"\1", desk.stdout.readline().strip())
            with build_opener(HTTPCookieProcessor()).open(address) as page:
                return b"Anyplace Council" in page.read()
        finally:
            desk.terminate()

"""The real program, as an editor starts it, while it runs."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.workspace import EditionFolders
from tests.borsetshire import ROOT

_PROGRAM = [sys.executable, "-c", "from generator.cli import main; main()"]
_SAID = "The desk is at "
_PATIENCE_S = 60


@dataclass(frozen=True)
class RunningDesk:
    """A desk that runs: where it is, and the files that it looks at."""

    folders: EditionFolders
    address: str
    """Where it is, with a slash at the end."""
    token: str
    process: subprocess.Popen[str] = field(repr=False)

    @property
    def port(self) -> str:
        return self.address.rstrip("/").rpartition(":")[2]

    def letter(self, slug: str, view: str = "pages", panel: str = "sources") -> str:
        """The whole address of a letter's page."""
        return self.at(f"letters/{slug}?view={view}&panel={panel}")

    def at(self, path: str = "") -> str:
        """The whole address of a page, which lets a browser in that was not here before."""
        return f"{self.address}{path}{'&' if '?' in path else '?'}token={self.token}"

    def file(self, name: str) -> Path:
        """A file of the workspace."""
        return self.folders.workspace.folder / name

    def read(self, name: str) -> str:
        return self.file(name).read_text(encoding="utf-8")

    def save(self, name: str, text: str) -> None:
        """Save a file as some editors do: written in its place."""
        self.file(name).write_text(text, encoding="utf-8")

    def save_by_rename(self, name: str, text: str) -> None:
        """Save a file as other editors do: written beside it, then renamed."""
        scrap = self.file(name).with_name(".scrap")
        scrap.write_text(text, encoding="utf-8")
        scrap.replace(self.file(name))

    def end(self) -> int:
        """End it as `kill` does; its exit code."""
        self.process.terminate()
        return self.process.wait(_PATIENCE_S)


@contextmanager
def running_desk(folders: EditionFolders, *options: str) -> Iterator[RunningDesk]:
    """Start the desk, wait until it says where it is, and end it, whatever happens meanwhile."""
    port = () if "--port" in options else ("--port", "0")
    workspace = str(folders.workspace.folder)
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            [*_PROGRAM, "preview", "--workspace", workspace, *port, *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            assert process.stdout is not None
            said = next((line for line in process.stdout if line.startswith(_SAID)), None)
            if said is None:
                complaints.seek(0)
                raise AssertionError(f"The desk did not start:\n{complaints.read()}")
            address, _, token = said.removeprefix(_SAID).strip().partition("?token=")
            yield RunningDesk(folders, address, token, process)
            if process.poll() is None:
                process.terminate()
                process.wait(_PATIENCE_S)
            complaints.seek(0)
            assert (process.returncode, "Traceback" in complaints.read()) == (0, False)
        finally:
            process.kill()
            process.communicate()

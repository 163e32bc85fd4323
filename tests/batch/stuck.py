"""Letters that a worker is stuck with: real ones, whose making or handing over does not end."""

import os
import pickle
import signal
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

from generator.batch.job import Job, LetterRenderer
from generator.letter.letter import ComposedLetter
from generator.rendering.html import FilledLetter
from generator.verification.output_formats import OutputFormat


@dataclass(frozen=True)
class _ForAnHour:
    """What takes an hour to be opened."""

    def __reduce__(self) -> tuple[Callable[[float], None], tuple[float]]:
        return time.sleep, (3600,)


def never_made(job: Job) -> Job:
    """A letter that keeps the worker that makes it busy for good."""
    return replace(job, renderer=pickle.dumps(_ForAnHour()))


class _StopsOnce(bytes):
    """Bytes that stop the process that sends them; but not the next, once they were made again."""

    mark: Path

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        if not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGSTOP)
        return bytes, (bytes(self),)


class _StoppingRenderer(LetterRenderer):
    mark: Path

    def render(self, output_format: OutputFormat, filled: FilledLetter) -> bytes:
        content = _StopsOnce(super().render(output_format, filled))
        content.mark = self.mark
        return content


def never_handed_over(job: Job, mark: Path) -> Job:
    """A letter whose first worker stops when it is made and is to be handed over.

    `mark` is a file that says that this has happened.
    """
    renderer = pickle.loads(job.renderer)
    renderer.__class__ = _StoppingRenderer
    renderer.mark = mark
    return replace(job, renderer=pickle.dumps(renderer))


class _UnreadableLetter(ComposedLetter):
    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return _refuse, ()


def _refuse() -> None:
    raise ValueError("it cannot be read there")


def unreadable(job: Job) -> Job:
    """A letter that no other process can open."""
    letter = copy(job.letter)
    object.__setattr__(letter, "__class__", _UnreadableLetter)
    return replace(job, letter=letter)

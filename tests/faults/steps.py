"""A run of `letters` that is interrupted by itself: at the very step of writing that a test names.

In the output folder each file opened, written, secured, linked, renamed or removed is a step, of
the first process alone. The signal is real, and so is what it does; only the moment is chosen.
"""

from collections.abc import Mapping

from tests.faults.processes import PROGRAM

_SIGNALS_ITSELF = """
import io, os, sys
number = 0
def step():
    global number
    number += 1
    if number in STEPS:
        os.kill(os.getpid(), STEPS[number])
def watch(event, arguments):
    if event in {"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename"}:
        writes = event != "open" or bool((arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR))
        if writes and "output/2031" in str(arguments[0]):
            step()
            sys.setprofile(watch_calls)
def watch_calls(frame, event, function):
    if event == "c_call" and (
        function is os.fsync
        or (function.__name__ == "write" and isinstance(function.__self__, io.BufferedWriter))
    ):
        step()
sys.addaudithook(watch)
"""


def signalled_at(steps: Mapping[int, int]) -> str:
    """The program that gets these signals at these steps, counted from 1, just before them."""
    numbers = {step: int(signal) for step, signal in steps.items()}
    return f"STEPS = {numbers}\n{_SIGNALS_ITSELF}\n{PROGRAM}"

"""A wish to stop is heard, by whom it concerns and when it suits; a second one at once."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any

import pytest

from generator.processes.cancellation import Cancellation, interrupted_by_signals, stop_on_signals

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def stop() -> Iterator[Cancellation]:
    stop = Cancellation()
    yield stop
    stop.close()


def heard_by(stops: list[Any]) -> list[Any]:
    """The wishes that who waits for several things would hear of now."""
    return wait(stops, timeout=0)


def test_nobody_has_asked_yet(stop: Cancellation) -> None:
    assert not stop.requested
    assert heard_by([stop]) == []


def test_who_waits_for_other_things_hears_it(stop: Cancellation) -> None:
    stop.request()

    assert stop.requested
    assert heard_by([stop]) == [stop]
    assert heard_by([stop]) == [stop]


def test_asked_twice_it_breaks_in(stop: Cancellation) -> None:
    stop.request()

    with pytest.raises(KeyboardInterrupt):
        stop.request()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_asks_once_and_breaks_in_the_second_time(number: signal.Signals) -> None:
    with stop_on_signals() as stop:
        os.kill(os.getpid(), number)
        assert stop.requested
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", SIGNALS)
def test_afterwards_signals_do_what_they_did_before(number: signal.Signals) -> None:
    before = signal.getsignal(number)

    with suppress(ValueError), stop_on_signals():
        inside = signal.getsignal(number)
        raise ValueError

    assert inside != before
    assert signal.getsignal(number) == before


def test_nothing_is_left_open() -> None:
    before = set(os.listdir("/dev/fd"))  # noqa: PTH208 - pathlib would open one of them
    for _ in range(5):
        with stop_on_signals() as stop:
            stop.request()

    assert set(os.listdir("/dev/fd")) == before  # noqa: PTH208 - as above


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_kill_and_a_closed_terminal_break_in_as_ctrl_c_does(number: int) -> None:
    usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
    found = signal.signal(number, usual)  # under `nohup` it would be deaf to one of them
    try:
        with pytest.raises(KeyboardInterrupt), interrupted_by_signals():
            signal.raise_signal(number)

        assert signal.getsignal(number) == usual
    finally:
        signal.signal(number, found)


def test_who_was_told_to_be_deaf_stays_deaf() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interrupted_by_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)

"""One piece of work in a process of its own: what it gave, its seconds and its peak memory."""

import resource
import signal
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

_KILOBYTES = 1024


@dataclass(frozen=True)
class Measured:
    """What came of it."""

    result: Any
    seconds: float
    peak_bytes: int

    @property
    def peak_gib(self) -> float:
        """The most memory it ever held."""
        return self.peak_bytes / 2**30


def measured(work: Callable[..., Any], *arguments: Any, within: int = 0) -> Measured:
    """Run `work` alone in a fresh process, so that its memory is its own.

    Raises BrokenProcessPool when it takes more than `within` seconds, where that is told.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, within, work, *arguments).result()


def peak_bytes() -> int:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTES


def _measure(within: int, work: Callable[..., Any], *arguments: Any) -> Measured:
    signal.alarm(within)  # which ends the process, whatever it is at
    began = time.perf_counter()
    result = work(*arguments)
    seconds = time.perf_counter() - began
    return Measured(result, seconds, peak_bytes())

"""The next block made ready in a second thread while this one is worked on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor


def ahead[Item](items: Iterator[Item]) -> Iterator[Item]:
    """The same items, each begun before it is asked for; never more than one waits."""
    with ThreadPoolExecutor(1, "read-ahead") as thread:
        waiting = thread.submit(next, items, None)
        while (item := waiting.result()) is not None:
            waiting = thread.submit(next, items, None)
            yield item

"""Processes that work side by side, and outlive one that dies."""

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Workers(Generic[T]):
    """Processes that do one thing, `work(*arguments)`, over and over.

    A picture can bring down a whole process (out of memory, a bug in a library). Then its work is
    tried once more in a process of its own, so that no other work is lost for it.

    Args:
        number: how many processes.
        work: what they do: a function of a module.
        begin: what each does first, with `given`.
        given: sent once to each process, not with every piece of work.
    """

    def __init__(
        self,
        number: int,
        work: Callable[..., T],
        begin: Callable[..., None],
        given: tuple[Any, ...],
    ):
        self._number, self._work, self._begin, self._given = number, work, begin, given
        self._pool = self._made(number)

    def _made(self, number: int) -> ProcessPoolExecutor:
        # Started fresh: libraries with threads don't bear being forked.
        context = multiprocessing.get_context("spawn")
        given = (self._begin, self._given)
        return ProcessPoolExecutor(number, context, initializer=_begin_work, initargs=given)

    def submit(self, *arguments: object) -> "Future[T]":
        """Have a piece of work done, in its turn."""
        try:
            return self._pool.submit(self._work, *arguments)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._made(self._number)
            return self._pool.submit(self._work, *arguments)

    def result(self, future: "Future[T]", *arguments: object) -> T | None:
        """Return what came of a piece of work; None where it brings every process down."""
        try:
            return future.result()
        except BrokenProcessPool:
            with self._made(1) as alone:
                try:
                    return alone.submit(self._work, *arguments).result()
                except BrokenProcessPool:
                    return None

    def stop(self) -> None:
        """Let processes end what they are at, and no more."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _begin_work(begin: Callable[..., None], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who gathers the work
    begin(*given)

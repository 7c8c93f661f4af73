"""Processes that work side by side, here or on other computers, and outlive one that dies."""

import logging
import multiprocessing
import pickle
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from s2c_forms.errors import S2cError
from s2c_forms.words import mark, say

T = TypeVar("T")
Done_co = TypeVar("Done_co", covariant=True)
_log = logging.getLogger(__name__)


class Hands(Protocol[Done_co]):
    """Whoever does one thing over and over, with different arguments."""

    def submit(self, *arguments: object) -> "Future[Any]":
        """Have a piece of work done, in its turn."""
        ...

    def result(self, future: "Future[Any]", *arguments: object) -> Done_co | None:
        """Return what came of a piece of work; None where it brings every process down."""
        ...

    def stop(self) -> None:
        """Let end what is being done, and do no more."""
        ...


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


class Lent(Generic[T]):
    """Somebody else's executor, of a cluster say: we neither start its workers nor end them.

    What a worker that died had in hand, and what its executor can't do, is done here, in a process
    of its own: nothing is lost for it, and nothing done twice counts twice.

    Args:
        executor: that does the work.
        work: what is done: `work(*arguments, *given)`, a function of a module or a partial.
        given: what is the same for every piece of work; it travels with each, and is unpacked once.
    """

    def __init__(self, executor: Executor, work: Callable[..., T], given: tuple[Any, ...]):
        self._executor, self._packed = executor, pickle.dumps((work, given))
        self._open: set[Future[Any]] = set()
        self._own: Workers[T] | None = None

    def submit(self, *arguments: object) -> "Future[Any]":
        """Have a piece of work done, in its turn."""
        future = self._executor.submit(_work_there, self._packed, *arguments)
        self._open.add(future)
        return future

    def result(self, future: "Future[Any]", *arguments: object) -> T | None:
        """Return what came of a piece of work; None where it brings a process here down, too."""
        self._open.discard(future)
        try:
            found: T = future.result()
        except S2cError:
            raise
        except Exception:  # noqa: BLE001  a worker that is gone, or has another version of us
            _log.debug("done here: %s", arguments, exc_info=True)
            return self._done_here(*arguments)
        return found

    def stop(self) -> None:
        """Take back what nobody has begun."""
        for future in self._open:
            future.cancel()
        if self._own:
            self._own.stop()

    def _done_here(self, *arguments: object) -> T | None:
        if self._own is None:
            _log.warning("%s %s", say(_FAILED), say(_MEND))
            self._own = Workers(1, _work_there, _nothing, ())
        told = (self._packed, *arguments)
        return self._own.result(self._own.submit(*told), *told)


_FAILED = mark("Not everything could be read on the cluster; the rest is read on this computer.")
_MEND = mark(
    "Look whether all its computers are on, have this version of s2c-forms, and see the same files."
)


def _work_there(packed: bytes, *arguments: object) -> Any:
    work, given = _unpacked(packed)
    return work(*arguments, *given)


@lru_cache(maxsize=2)  # a worker may serve two schools, not a street of them
def _unpacked(packed: bytes) -> Any:
    return pickle.loads(packed)  # noqa: S301  what we packed ourselves


def _nothing() -> None:
    """Begin without anything: what there is to know comes with the work."""

"""Work on an existing Dask cluster: tasks out, results back in order, no text through the driver."""

from __future__ import annotations

import hashlib
import logging
import pickle
import socket
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError
from importlib.util import find_spec
from typing import Any

from jmtools.errors import FileError, JmtoolsError, LimitError, OptionError

_IN_FLIGHT_PER_THREAD = 3
_SENT_ONCE = 1 << 16  # bytes of a function, with the tables that it brings, past which it is not sent with every task
_CONNECT_SECONDS = 10
_RETRIES = 3
_ANSWER_SECONDS = 4
_GREETING = 1 << 20  # bytes that the first message of a scheduler has at most
_local = threading.local()


def run_on_cluster(
    tasks: Iterable[Any], factory: Callable[[], Callable[[Any], Any]], *, scheduler: str
) -> Generator[Any, None, None]:
    """Apply one function to every task on the workers of a cluster and yield the results in the order of the tasks.

    A worker that dies costs its tasks' time: they run again elsewhere.

    Args:
        tasks: Small descriptions of work, such as byte ranges.
        factory: Builds the function, once in each thread of each worker; picklable.
        scheduler: The address of the scheduler, such as `tcp://host:8786`.

    Raises:
        OptionError: If Dask is not installed.
        FileError: If the scheduler does not answer.
        LimitError: If a task killed several workers.
    """
    if find_spec("distributed") is None:
        raise OptionError("--scheduler needs Dask; pip install '.[dask]'")
    _check_address(scheduler)
    import distributed

    connect: Any = distributed.Client
    for name in [n for n in logging.root.manager.loggerDict if n.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # Dask replaces a lost worker: the user need not hear of it
    try:
        client = connect(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise FileError(f"{scheduler}: no Dask scheduler answers there ({type(error).__name__})") from None
    with client:
        payload = pickle.dumps(factory)
        key = hashlib.sha256(payload).digest()
        held = client.scatter(payload, broadcast=True, hash=False) if len(payload) > _SENT_ONCE else payload
        limit = _IN_FLIGHT_PER_THREAD * max(1, sum(client.nthreads().values()))
        try:
            yield from _in_order(client, (key, held), tasks, limit)
        except distributed.KilledWorker:
            raise LimitError("a piece of work killed several workers, perhaps for want of memory") from None
        except CancelledError:
            raise LimitError("all workers that held the work's tables are gone; run it again") from None


def _check_address(scheduler: str) -> None:
    """Check that a Dask scheduler answers at a TCP address; the client itself would wait for ever.

    Raises:
        FileError: If nothing answers, or another kind of server.
    """
    scheme, _, place = scheduler.rpartition("://")
    host, _, port = place.rpartition(":")
    if scheme not in ("", "tcp") or not port.isdecimal():
        return
    wrong = f"{scheduler}: no Dask scheduler answers there"
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWER_SECONDS) as connection:
            greeting = connection.recv(8)
    except (OSError, OverflowError) as error:
        raise FileError(f"{wrong} ({str(error) or type(error).__name__})") from None
    # A message begins with its length in eight bytes, the lowest first.
    if len(greeting) < 8 or int.from_bytes(greeting, "little") > _GREETING:
        raise FileError(f"{wrong}, but something else")


def _in_order(client: Any, function: tuple[bytes, Any], tasks: Iterable[Any], limit: int) -> Generator[Any, None, None]:
    waiting: deque[Any] = deque()
    try:
        for task in tasks:
            waiting.append(client.submit(_run, *function, task, pure=False, retries=_RETRIES))
            if len(waiting) >= limit:
                yield _result(waiting)
        while waiting:
            yield _result(waiting)
    finally:
        client.cancel(list(waiting))


def _result(waiting: deque[Any]) -> Any:
    kind, value = waiting.popleft().result()
    if kind == "error":
        raise value
    return value


def _run(key: bytes, payload: bytes, task: Any) -> tuple[str, Any]:
    """Run on a worker; our own errors come back as values, so that they are not retried."""
    if getattr(_local, "key", None) != key:
        _local.work = pickle.loads(payload)()  # noqa: S301 - it comes from the driver, like the task itself
        _local.key = key
    try:
        return "value", _local.work(task)
    except JmtoolsError as error:
        return "error", error

"""Journeys to PostgreSQL: many statements sent at once, all their answers fetched at once, by libpq's own calls (decision 8).

psycopg's pipeline says the same, but spends 80 µs of Python and a system call on every statement: of a lone rating's 4 ms more than
half. Its connection, its adapters of answers and its errors stay in use; only the sending is ours. Values go as text, which is what
`models/prepared.py` makes of them.
"""

from collections.abc import Generator, Sequence
from typing import Any

from psycopg import Connection, DataError, OperationalError, errors, pq, waiting
from psycopg.adapt import Transformer

Row = tuple[Any, ...]
Sent = tuple[str, Sequence[str | bytes | int]]
"""A statement with `$1`, `$2`, … and its values."""

_OK, _ROWS, _SYNC = pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK, pq.ExecStatus.PIPELINE_SYNC
_ABORTED = pq.ExecStatus.PIPELINE_ABORTED
COMMIT = "COMMIT"


def travel(connection: Connection[Any], known: dict[str, bytes], statements: Sequence[Sent]) -> list[list[Row]]:
    """Run them in order and return the rows of each; begins the transaction when none has begun.

    `known` is this connection's memory: the statements that its server has prepared, by their words. It is used where psycopg prepares
    nothing itself, for psycopg clears all that is prepared when it thinks fit. Raises psycopg's error of the first statement that
    failed; those behind it were not run.
    """
    server, wanted = connection.pgconn, len(statements)
    if server.transaction_status == pq.TransactionStatus.IDLE:
        statements = (("BEGIN", ()), *statements)
    sent = [(words, [_text(value) for value in values]) for words, values in statements]
    news = _news(known, statements) if connection.prepare_threshold is None else None
    server.enter_pipeline_mode()
    if news is None:
        for words, values in sent:
            server.send_query_params(words.encode(), values)
    else:
        for words, name in news.items():
            server.send_prepare(name, words.encode())
        for words, values in sent:
            server.send_query_prepared(known.get(words) or news[words], values)
    server.pipeline_sync()
    results = connection.wait(_fetched(server))
    server.exit_pipeline_mode()
    known.update((words, name) for (words, name), result in zip((news or {}).items(), results, strict=False) if result.status == _OK)
    return _rows(connection, results)[-wanted:]


def _news(known: dict[str, bytes], statements: Sequence[Sent]) -> dict[str, bytes]:
    """Names for the statements that are still to be prepared."""
    words_of = dict.fromkeys(words for words, _ in statements if words not in known)
    return {words: b"ln%d" % (len(known) + n) for n, words in enumerate(words_of)}


def _text(value: str | bytes | int) -> bytes:
    """As PostgreSQL reads it. libpq takes it up to the first NUL: nothing may be cut off silently."""
    text = f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)
    if "\0" in text:
        raise DataError("PostgreSQL cannot hold NUL in a text")
    return text.encode()


def _fetched(server: pq.abc.PGconn) -> Generator[waiting.Wait, waiting.Ready | int, list[pq.abc.PGresult]]:
    """Everything until the sync. What does not fit into the socket at once follows while answers come in already."""
    while server.flush():
        if (yield waiting.Wait.RW) & waiting.Ready.R:
            server.consume_input()
    results: list[pq.abc.PGresult] = []
    while True:
        while server.is_busy():
            yield waiting.Wait.R
            server.consume_input()
        result = server.get_result()
        if result is not None and result.status != _SYNC:
            results.append(result)
        elif result is not None or server.status == pq.ConnStatus.BAD:
            return results


def _rows(connection: Connection[Any], results: Sequence[pq.abc.PGresult]) -> list[list[Row]]:
    loader = Transformer(connection)
    found: list[list[Row]] = []
    for result in results:
        if result.status == _ROWS:
            loader.set_pgresult(result)
            found.append(loader.load_rows(0, result.ntuples, tuple))
        elif result.status == _OK:
            found.append([])
        else:
            raise OperationalError("not run") if result.status == _ABORTED else errors.error_from_result(result)
    return found

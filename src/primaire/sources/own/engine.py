"""DuckDB as the readers and writers of Parquet use it: little memory, nothing left behind. Loaded only where it is used."""

from __future__ import annotations

import os
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

MEMORY: Final = "512MB"
"""What DuckDB may hold; what is more goes to a temporary folder."""

_THREADS: Final = 4  # each holds row groups of its own in memory


@contextmanager
def connected() -> Iterator[DuckDBPyConnection]:
    """Give a connection of its own, whose temporary files are gone at the end."""
    import duckdb

    with TemporaryDirectory(prefix="primaire-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "threads": min(_THREADS, os.cpu_count() or 1),
            "temp_directory": folder,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(config=settings) as connection:
            connection.execute("SET enable_progress_bar = false")  # it would be drawn over the answer
            connection.execute("SET parquet_metadata_cache = true")  # one file is asked several questions
            yield connection


def literal(text: str) -> str:
    """Return text as SQL has it.

    >>> literal("l'urne")
    "'l''urne'"
    """
    return "'" + text.replace("'", "''") + "'"

"""Units added up by DuckDB, where that must come to the same as :func:`primaire.tally.tally`.

``tally`` derives what follows from the figures of each unit, then adds up. What follows is linear (valid = voters -
blank - null), so that units may be added up before, if they publish the same counts, if none of them contradicts itself
or is an approximation, and if nothing is published that cannot be added (percentages, seats). Units of which one of
these does not hold stay by themselves; what is derived from them, and what is said of them, is the same as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.arrays import frame_of
from primaire.schema import BALLOTS, CANDIDATES, CONTESTS, COUNTS, LEVELS, PLACES, VOTES, Returns
from primaire.tally import asked, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

INVENTED: Final = "\x00"
"""How the name of a ballot that stands for several units begins: no unit of a file is called so."""

_MOST_APART: Final = 50_000
"""Units that stay by themselves, above which nothing is added up."""

_NOT_ADDED: Final = ("share", "seats", "elected")
_SAME: Final = (
    *("election", "round", "contest", "level", "date", "coverage", "electorate"),
    *("status", "status_note", "unit_source", "unit_note"),
)
"""What the units of a sum have in common, besides their place and which of their counts are published."""

_APART: Final = """
    bool_or(approximate IS NOT NULL)
    OR count(votes) < count(candidate)
    OR max(voters) > max(registered)
    OR max(valid) > max(voters)
    OR max(blank) + max("null") <> max(blank_null)
    OR greatest(max(blank), max("null")) > max(blank_null)
    OR max(valid) + coalesce(max(blank_null), max(blank) + max("null")) <> max(voters)
    OR coalesce(max(blank_null), max(blank) + max("null"), 0) > max(voters)
    OR max(valid) + greatest(coalesce(max(blank), 0), coalesce(max("null"), 0)) > max(voters)
    OR sum(votes) <> max(valid)
    OR sum(votes) <> max(voters) - coalesce(max(blank_null), max(blank) + max("null"))
    OR sum(votes) + greatest(coalesce(max(blank), 0), coalesce(max("null"), 0)) > max(voters)
"""
"""Of a unit that stays by itself: contradictions of :mod:`primaire.checks` (and whatever would make a derived count
negative), approximations, votes that are not published."""

_DIFFER: Final = """
    differ
    OR incomplete AND valid IS NULL AND (voters IS NULL OR blank_null IS NULL AND (blank IS NULL OR "null" IS NULL))
"""
"""Of a sum that is none: rows that say different things; valid votes that would follow from votes not all there."""


def summed(
    connection: DuckDBPyConnection, condition: str, by: str | Sequence[str], apart_by: Sequence[str] = ()
) -> str | None:
    """Return a query for rows in the format that tally to the same, or None where only all rows do.

    Args:
        connection: with the view ``store``, in which the rows of each unit stand together.
        condition: what is selected, in SQL.
        by: what ``tally`` will add up by.
        apart_by: columns of ballots whose different values stay apart.

    Raises:
        NameUnknownError, NotHeldError: as ``tally``.
    """
    connection.execute(
        f"CREATE TEMP VIEW chosen AS SELECT *, row - unit_row AS start FROM store WHERE {condition}"  # noqa: S608  built by the caller of quoted text
    )
    words = [name for word in ([by] if isinstance(by, str) else by) for name in word.split(",")]
    level, _ = asked(words)
    places = _places(connection, words)
    if places is None or level == "unit" or (words != ["contest"] and _overlap(connection, places)):
        return None
    # A unit of no place of the level is told of by itself.
    nowhere = f"coalesce(any_value({level}_code), any_value({level})) IS NULL" if level in LEVELS[1:] else "false"
    connection.execute(
        f"""CREATE TEMP TABLE apart AS SELECT start, count(*) <> max(unit_row) AS scattered
        FROM chosen GROUP BY start HAVING scattered OR {nowhere} OR {_APART}"""  # noqa: S608  our own words
    )
    apart, scattered = connection.execute("SELECT count(*), bool_or(scattered) FROM apart").fetchall()[0]
    if scattered or apart > _MOST_APART:
        return None
    key = _key(level, apart_by)
    others = [place for place in places if place not in key]
    connection.execute(f"CREATE TEMP TABLE sums AS {_sums(key, others)}")
    connection.execute(f"CREATE TEMP TABLE sum_rows AS {_as_rows(key, others)}")
    (differ,) = connection.execute(f"SELECT bool_or({_DIFFER}) FROM sum_rows").fetchall()[0]  # noqa: S608  our own words
    return None if differ else "SELECT * EXCLUDE (differ, incomplete) FROM sum_rows"


def _overlap(connection: DuckDBPyConnection, places: Sequence[str]) -> bool:
    """Tell whether a unit votes in several contests, as :func:`primaire.overlap.overlapping` does: a sum would hide it."""
    if not places:
        return False
    key = ", ".join(("election", "round", "level", "unit", *places))
    somewhere = f"coalesce({', '.join(places)}) IS NOT NULL"
    found = connection.execute(
        f"SELECT 1 FROM chosen WHERE unit_row = 1 AND {somewhere} GROUP BY {key} HAVING count(DISTINCT contest) > 1 LIMIT 1"  # noqa: S608  our own words
    ).fetchall()
    return bool(found)


def _places(connection: DuckDBPyConnection, by: Sequence[str]) -> list[str] | None:
    """Return the places that units name; None where there is more than counts. Raises as ``tally`` for a level not held."""
    values = ", ".join(f"any_value({place})" for place in PLACES)
    others = ", ".join(f"count({name})" for name in _NOT_ADDED)
    found = connection.execute(f"SELECT {others}, {values} FROM chosen").fetchall()[0]  # noqa: S608  our own words
    held = {place: [value] for place, value in zip(PLACES, found[len(_NOT_ADDED) :], strict=True)}
    ballots = frame_of({**held, "round": [1], "units": [1]}, BALLOTS, 1)
    contests, votes, candidates = (frame_of({}, schema, 0) for schema in (CONTESTS, VOTES, CANDIDATES))
    tally(Returns(contests, ballots, votes, candidates), by, candidates=False)
    return None if any(found[: len(_NOT_ADDED)]) else [place for place, (value,) in held.items() if value is not None]


def _key(level: str, apart_by: Sequence[str]) -> dict[str, str]:
    """Return the columns by which rows are brought together, and what each is in SQL."""
    # Codes and names repeat from one departement, or commune, to the next.
    wider = {"region": (), "station": ("departement", "commune")}.get(level, ("departement",))
    levels = (*wider, level) if level in LEVELS[1:] else ()
    held = {column for one in levels for column in (f"{one}_code", one)}
    places = [column for column in PLACES if column in held]
    return {
        **{name: name for name in dict.fromkeys((*_SAME, *places, *apart_by))},
        **{f"no_{count}": f'"{count}" IS NULL' for count in COUNTS},
        "no_candidate": "candidate IS NULL",
        # Of a unit that stays by itself, where it begins.
        "alone": "CASE WHEN start IN (SELECT start FROM apart) THEN start END",
    }


def _sums(key: dict[str, str], places: Sequence[str]) -> str:
    """Return a query that adds up the rows of each key and candidate."""
    columns = {
        **key,
        "candidate": "candidate",
        "row": "min(row)",
        "rows": "count(*)",
        "votes": "CASE WHEN count(votes) = count(*) THEN sum(votes) END",
        **{name: f'arg_min("{name}", row)' for name in ("label", "list", "number")},
        **{name: f"any_value({name})" for name in ("source", "note", "approximate")},
        "differ": " OR ".join(
            f"min({name}) <> max({name}) OR count({name}) NOT IN (0, count(*))" for name in ("source", "note")
        ),
        "heads": "count_if(unit_row = 1)",
        "any_unit": "min(unit)",
        "units": "sum(coalesce(units, 1)) FILTER (unit_row = 1)",
        **{count: f'sum("{count}") FILTER (unit_row = 1)' for count in COUNTS},
        **{f"first_{place}": f"min({place})" for place in places},
        **{f"last_{place}": f"max({place})" for place in places},
        **{f"rows_{place}": f"count({place})" for place in places},
    }
    return f"SELECT {_listed(columns)} FROM chosen GROUP BY ALL"  # noqa: S608  our own words


def _as_rows(key: dict[str, str], places: Sequence[str]) -> str:
    """Return a query for the sums as rows of the format, in the order of the file."""
    same_place = "CASE WHEN min(first_{0}) OVER sum = max(last_{0}) OVER sum AND sum(rows_{0}) OVER sum = sum(rows) OVER sum THEN first_{0} END"
    columns = {
        "format_version": "1",
        **{name: name for name in (*_SAME, *PLACES) if name in key},
        **{place: same_place.format(place) for place in places},
        "unit": f"CASE WHEN sum(heads) OVER sum = 1 THEN any_unit ELSE chr({ord(INVENTED)}) || min(row) OVER sum END",
        "units": "sum(units) OVER sum",
        "unit_row": "row_number() OVER (sum ORDER BY row)",
        **{count: f'sum("{count}") OVER sum' for count in COUNTS},
        **{name: f'"{name}"' for name in ("candidate", "label", "list", "number", "source", "note")},
        # A candidate without a row in one of the units has no known total.
        "votes": "CASE WHEN rows = sum(heads) OVER sum THEN votes END",
        "approximate": "approximate",
        "differ": "differ",
        "incomplete": "rows <> sum(heads) OVER sum",
        "row": "row",
    }
    return f"SELECT {_listed(columns)} FROM sums WINDOW sum AS (PARTITION BY {', '.join(key)})"  # noqa: S608  our own words


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())

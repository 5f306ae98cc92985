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

if TYPE_CHECKING:
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


def summed(connection: DuckDBPyConnection, condition: str, by: str) -> str | None:
    """Return a query for rows in the format that tally to the same, or None where only all rows do.

    Args:
        connection: with the view ``store``, in which the rows of each unit stand together.
        condition: what is selected, in SQL.
        by: one of :data:`primaire.tally.BY`.

    Raises:
        NameUnknownError, NotHeldError: as ``tally``.
    """
    connection.execute(
        f"CREATE TEMP VIEW chosen AS SELECT *, row - unit_row AS start FROM store WHERE {condition}"  # noqa: S608  built by the caller of quoted text
    )
    if not _may_be_added(connection, by):
        return None
    connection.execute(
        "CREATE TEMP TABLE apart AS "
        f"SELECT start, count(*) <> max(unit_row) AS scattered FROM chosen GROUP BY start HAVING scattered OR {_APART}"  # noqa: S608  our own words
    )
    apart, scattered = connection.execute("SELECT count(*), bool_or(scattered) FROM apart").fetchall()[0]
    if scattered or apart > _MOST_APART:
        return None
    connection.execute(f"CREATE TEMP TABLE sums AS {_sums(by)}")
    (differ,) = connection.execute(f"SELECT bool_or({_DIFFER}) FROM ({_as_rows(by)})").fetchall()[0]  # noqa: S608  our own words
    return None if differ else _as_rows(by)


def _may_be_added(connection: DuckDBPyConnection, by: str) -> bool:
    """Tell whether there is nothing but counts. Raises as ``tally`` for a level that is not held."""
    from primaire.tally import tally

    places = ", ".join(f"any_value({place})" for place in PLACES)
    others = ", ".join(f"count({name})" for name in _NOT_ADDED)
    found = connection.execute(f"SELECT {others}, {places} FROM chosen").fetchall()[0]  # noqa: S608  our own words
    held = {place: [value] for place, value in zip(PLACES, found[len(_NOT_ADDED) :], strict=True)}
    ballots = frame_of({**held, "round": [1], "units": [1]}, BALLOTS, 1)
    contests, votes, candidates = (frame_of({}, schema, 0) for schema in (CONTESTS, VOTES, CANDIDATES))
    tally(Returns(contests, ballots, votes, candidates), by)
    return by != "unit" and not any(found[: len(_NOT_ADDED)])


def _key(by: str) -> dict[str, str]:
    """Return the columns by which rows are brought together, and what each is in SQL."""
    levels = ("departement", by) if by in LEVELS else ()
    places = [column for level in dict.fromkeys(levels) for column in (f"{level}_code", level)]
    return {
        **{name: name for name in (*_SAME, *places)},
        **{f"no_{count}": f'"{count}" IS NULL' for count in COUNTS},
        "no_candidate": "candidate IS NULL",
        # Of a unit that stays by itself, where it begins.
        "alone": "CASE WHEN start IN (FROM apart) THEN start END",
    }


def _sums(by: str) -> str:
    """Return a query that adds up the rows of each key and candidate."""
    columns = {
        **_key(by),
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
        "unit": "min(unit)",
        "units": "sum(coalesce(units, 1)) FILTER (unit_row = 1)",
        **{count: f'sum("{count}") FILTER (unit_row = 1)' for count in COUNTS},
        **{f"first_{place}": f"min({place})" for place in PLACES},
        **{f"last_{place}": f"max({place})" for place in PLACES},
        **{f"rows_{place}": f"count({place})" for place in PLACES},
    }
    return f"SELECT {_listed(columns)} FROM chosen GROUP BY ALL"  # noqa: S608  our own words


def _as_rows(by: str) -> str:
    """Return a query for the sums as rows of the format, in the order of the file."""
    key = _key(by)
    same_place = "CASE WHEN min(first_{0}) OVER sum = max(last_{0}) OVER sum AND sum(rows_{0}) OVER sum = sum(rows) OVER sum THEN first_{0} END"
    columns = {
        "format_version": "1",
        **{name: name for name in _SAME},
        **{place: place if place in key else same_place.format(place) for place in PLACES},
        "unit": f"CASE WHEN sum(heads) OVER sum = 1 THEN unit ELSE chr({ord(INVENTED)}) || min(row) OVER sum END",
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

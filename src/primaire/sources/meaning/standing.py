"""Where a table has its candidates: a row for each, the same columns again and again, or a column for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.sources.meaning.mapping import Candidates, Entry
from primaire.sources.meaning.named_columns import WHOLE, named_columns
from primaire.sources.meaning.vocabulary import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.meaning.mapping import Reference
    from primaire.sources.meaning.understood import Columns

_FIELDS: Final = ("name", "first_name", "surname", "label", "list", "number", "votes", "seats", "elected")
_SEVERAL: Final = ("name", "list", "label")
"""What may stand in several columns, of which each row fills its own."""


def candidates_of(columns: Columns, among: Sequence[int], lead: Sequence[str]) -> Candidates:
    """Return where the candidates of one vote are.

    Args:
        among: the columns of this vote.
        lead: what stands in the row above each column, where names stand there.
    """
    votes = _anchors(columns, among)
    if not votes:
        return named_columns(columns, among)
    if lead and len(votes) > 1 and not {"name", "surname"} & {found.what for found in columns.meant(among)}:
        return _led(votes, lead)
    found = _blocks_of(columns, among, votes) or Candidates("rows", _fields(columns, among))
    return found if "name" in found.fields else Candidates("none")


def _blocks_of(columns: Columns, among: Sequence[int], votes: Sequence[int]) -> Candidates | None:
    numbered = sorted({found.block for found in columns.meant(votes) if found.block is not None})
    if len(numbered) > 1 and len(numbered) == len(votes) and (pattern := _patterned(columns, among, numbered)):
        return pattern
    if len(votes) > 1:
        start, end = _first_block(columns, among, votes[0])
        repeat = votes[1] - votes[0]
        return _blocks(columns, start, min(end, start + repeat - 1), repeat)
    unwritten = _goes_on(columns, among, votes[0])
    return _blocks(columns, *unwritten) if unwritten else None


def _anchors(columns: Columns, among: Sequence[int]) -> list[int]:
    """Return the columns of candidates' votes; where there are none, those of their shares of one base."""
    fields = {at: _field_of(found) for at in among if (found := columns.meanings[at])}
    for wanted in ("votes", "share_valid", "share_voters", "share_registered"):
        if wanted in fields.values():
            return [at for at, field in fields.items() if field == wanted]
    return []


def _led(votes: Sequence[int], lead: Sequence[str]) -> Candidates:
    """Candidates named in the row above their columns."""
    entries = [
        Entry(lead[at], {"votes": at + 1})
        for at in votes
        if at < len(lead) and lead[at] and meaning_of(lead[at]) is None
    ]
    return Candidates("columns", entries=tuple(entries))


def _patterned(columns: Columns, among: Sequence[int], numbered: Sequence[int]) -> Candidates | None:
    """Blocks whose headers are told apart by a number, wherever these stand."""
    fields: dict[str, list[str]] = {}
    for at in among:
        found = columns.meanings[at]
        if found is None or found.block != numbered[0] or (name := _field_of(found)) is None:
            continue
        header = columns.header[at]
        place = header.rfind(str(numbered[0])) if not header.startswith(str(numbered[0])) else 0
        digits = len(str(numbered[0]))
        pattern = f"{header[:place]}{{n}}{header[place + digits :]}"
        if pattern.replace("{n}", str(numbered[-1])) in columns.header:
            fields.setdefault(name, []).append(pattern)
    counted = any(name == "votes" or name.startswith("share_") for name in fields)
    return Candidates("blocks", _named(fields)) if counted else None


def _blocks(columns: Columns, start: int, end: int, repeat: int) -> Candidates:
    """Return blocks of columns of which the first stands from ``start`` to ``end``."""
    fields: dict[str, list[Reference]] = {}
    for at in range(max(start, end - repeat + 1), end + 1):
        found = columns.meanings[at]
        if found is not None and (name := _field_of(found)) is not None:
            twice = columns.header.count(columns.header[at]) > 1
            fields.setdefault(name, []).append(at + 1 if twice else columns.refer(at))
    return Candidates("blocks", _named(fields), repeat=repeat)


def _first_block(columns: Columns, among: Sequence[int], vote: int) -> tuple[int, int]:
    """Return the first and the last column around the votes that belong to a candidate."""
    start = end = vote
    while start - 1 in among and _is_of_candidate(columns, start - 1):
        start -= 1
    while end + 1 in among and _is_of_candidate(columns, end + 1):
        end += 1
    return start, end


def _is_of_candidate(columns: Columns, at: int) -> bool:
    found = columns.meanings[at]
    if found is None:
        return False
    of_council = found.what == "ignored" and columns.header[at].lower().startswith("siège")
    return of_council or found.what in ("sex", "label_text") or _field_of(found) is not None


def _goes_on(columns: Columns, among: Sequence[int], vote: int) -> tuple[int, int, int] | None:
    """Return start, end and width of the first block, where rows go on behind the last named column with others like it.

    The block ends with the header. It begins where all rows have counts at each place of votes that follows from it: a
    column of the block may be called as nobody knows.
    """
    start, end = _first_block(columns, among, vote)
    last = max(at for at, cell in enumerate(columns.header) if cell)
    if not any(any(row[last + 1 :]) for row in columns.sample):
        return None
    first = 1 + max((at for at in range(vote) if _is_of_unit(columns, at)), default=-1)
    for begin in (start, *range(start - 1, first - 1, -1), *range(start + 1, vote + 1)):
        if all(_repeats(row, vote, begin, last) for row in columns.sample):
            return begin, last, last - begin + 1
    return start, end, end - start + 1


def _is_of_unit(columns: Columns, at: int) -> bool:
    found = columns.meanings[at]
    return found is not None and found.what != "ignored" and not _is_of_candidate(columns, at)


def _repeats(row: Sequence[str], vote: int, begin: int, last: int) -> bool:
    """Tell whether a row has a count at each place of votes, up to its last filled cell."""
    filled = max((at for at, cell in enumerate(row) if cell), default=-1)
    places = range(vote, filled + 1, last - begin + 1)
    return all(WHOLE.fullmatch(row[at]) or not any(row[at - vote + begin : at - vote + last + 1]) for at in places)


def _fields(columns: Columns, among: Sequence[int]) -> dict[str, tuple[Reference, ...]]:
    fields: dict[str, list[Reference]] = {}
    for at in among:
        found = columns.meanings[at]
        if found is not None and (name := _field_of(found)) is not None:
            fields.setdefault(name, []).append(columns.refer(at))
    return _named(fields)


def _named(fields: dict[str, list[str]] | dict[str, list[Reference]]) -> dict[str, tuple[Reference, ...]]:
    """Return fields with the name put together: first name, then surname, then what else names people.

    Tables of several kinds of elections have columns for names, lists and pairs side by side, of which each row fills
    its own: all of them are kept. Of figures there is one.
    """
    one: dict[str, tuple[Reference, ...]] = {
        name: tuple(columns) if name in _SEVERAL else (columns[0],)
        for name, columns in fields.items()
        if name not in ("first_name", "surname")
    }
    surnames = fields.get("surname", [])
    if surnames:
        one["name"] = (*fields.get("first_name", [])[:1], *surnames, *one.get("name", ()))
    if "name" not in one and (stand_in := next((name for name in ("list", "label", "number") if name in one), None)):
        one["name"] = one[stand_in][:1]
    return one


def _field_of(found: Meaning) -> str | None:
    """Return what of a candidate a column says, None for one that says nothing, or nothing that is kept."""
    if found.what == "percentage":
        return f"share_{found.base}" if found.figure == "votes" else None
    return found.what if found.what in _FIELDS else None

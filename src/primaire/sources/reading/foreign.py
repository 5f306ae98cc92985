"""Any table that is not primaire's own: its mapping found, its cells read, its units brought into the model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from primaire.errors import PrimaireError, SourceError
from primaire.messages import Message, msg, msgn
from primaire.naming import kind_of
from primaire.provenance import SourceFile
from primaire.schema import LEVELS
from primaire.sources.meaning.mapping import AUTO
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.meaning.mapping import Mapping
    from primaire.sources.opening.content import Content
    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.plan import Plan, Told
    from primaire.sources.reading.polls import Polls
    from primaire.sources.wanted import Question

GUESSED: Final = "header"
"""What the reader of a mapping that was guessed is called."""

TOLD: Final = 20
"""How many findings of one kind are told one by one on every reading; of one that compares printed percentages, all but
what nobody reads to the end, :data:`MOST_TOLD`."""
MOST_TOLD: Final = 10_000

COMPARED_UP_TO: Final = 8 << 20
"""Bytes up to which printed percentages are compared on every reading; above, when asked for."""


@dataclass(frozen=True, eq=False)
class Reading:
    """One vote of one table, read, and the account of how."""

    found: Polls
    file: SourceFile


def read_contents(contents: Sequence[Content], question: Question) -> list[Reading]:
    """Return the votes that several sources report; see :func:`primaire.sources.load`."""
    from primaire.sources.opening.tables import tables_of

    meant = _mapping_named(question.mapping) if question.mapping else None
    readings = []
    for content in contents:
        content.will_be_read()
        raws = tables_of(content, meant.layout if meant else None, question.wanted)
        if any(raw.head for raw in raws) or len(contents) == 1:
            readings += read_raws(content, raws, meant, question)
    return readings


def _mapping_named(word: str) -> Mapping:
    from primaire.sources.meaning.registered import find_mapping

    return find_mapping(word)


def read_raws(content: Content, raws: Sequence[Raw], mapping: Mapping | None, question: Question) -> list[Reading]:
    """Return the votes that the tables of one source report.

    Args:
        content: the source. raws: its tables: the sheets of a workbook, else one.
        mapping: what the columns hold; None: it is registered for these headers, or guessed from them.
        question: how it is read; without a sheet, of each round the finest of those that cover the most voters.

    Raises:
        SourceError: no table is recognised, or the one that is cannot be read.
    """
    from primaire.sources.meaning.american import with_file_said

    chosen = _named(content, raws, question.sheet or (mapping.layout.sheet if mapping else None))
    readings: list[Reading] = []
    failures: list[PrimaireError] = []
    for raw in chosen:
        meant = with_file_said(mapping, content.title) if mapping else recognised(content, raw)
        if meant is None:
            continue
        if mapping is None and meant.name == GUESSED:
            _refuse_unread_places(content, meant, raw)
        try:
            readings += read_raw(content, raw, meant, question)
        except SourceError as error:
            if len(chosen) == 1:
                raise
            failures.append(error)
    if not readings:
        raise failures[0] if failures else _not_recognised(content, chosen)
    return _finest(readings, [raw.sheet for raw in raws]) if len(chosen) > 1 else readings


def _named(content: Content, raws: Sequence[Raw], sheet: str | None) -> list[Raw]:
    if sheet is None:
        return list(raws)
    from primaire.matching import pick

    names = [raw.sheet or "" for raw in raws]
    meant = pick(sheet, names)
    if len(meant) != 1:
        raise SourceError(
            msg("“{name}” has no sheet “{sheet}”.", name=content.name, sheet=sheet)
            if not meant
            else msg("“{sheet}” means several sheets of “{name}”.", name=content.name, sheet=sheet),
            expected=msg("The sheets are: {names}.", names=names) if any(names) else msg("The file has no sheets."),
            remedy=None if meant else did_you_mean(sheet, names),
        )
    return [raws[names.index(meant[0])]]


def recognised(content: Content, raw: Raw) -> Mapping | None:
    """Return the mapping that is registered for a table's headers, else the one guessed from them; None: neither.

    A table of which every column is understood needs no registered mapping, and none is looked for.

    Raises:
        SourceError: two registered mappings claim the table.
    """
    from primaire.sources.meaning.guess import guess, is_understood

    guessed = guess(raw, [content.title, *([raw.sheet] if raw.sheet else [])])
    if guessed is not None and is_understood(raw):
        return guessed
    from primaire.sources.meaning.american import with_file_said
    from primaire.sources.meaning.registered import claims

    for row in raw.head:
        claimed = claims(row) if any(row) else []
        if len(claimed) > 1:
            raise SourceError(
                msg(
                    "Several mappings claim “{name}”: {mappings}.",
                    name=content.name,
                    mappings=[one.name for one in claimed],
                ),
                remedy=msg("Say which with --mapping NAME."),
            )
        if claimed:
            return with_file_said(claimed[0], content.title)
    return guessed


def _refuse_unread_places(content: Content, mapping: Mapping, raw: Raw) -> None:
    from primaire.sources.meaning.guess import unread_places

    names = unread_places(mapping, raw)
    if names:
        raise SourceError(
            msg("“{name}” may hold more units than its columns are understood to tell apart.", name=content.name),
            expected=msg("Perhaps one of these columns says where the votes were counted: {names}.", names=names),
            remedy=msg(
                "“primaire mapping {name}” writes what is understood; correct it, and read with --mapping FILE.",
                name=content.name,
            ),
        )


def _not_recognised(content: Content, raws: Sequence[Raw]) -> SourceError:
    seen = next((row for raw in raws for row in raw.head if any(row)), [])
    return SourceError(
        msg("“{name}” is not recognised: its columns do not say where the votes are.", name=content.name),
        expected=msg("The first row is: {cells}.", cells=[cell for cell in seen if cell][:12]) if seen else None,
        remedy=msg(
            "“primaire mapping {name}” writes what is understood; correct it, and read with --mapping FILE.",
            name=content.name,
        ),
    )


def read_raw(content: Content, raw: Raw, mapping: Mapping, question: Question) -> list[Reading]:
    """Read one table by its mapping."""
    from primaire.sources.meaning.guess import title_of
    from primaire.sources.reading.beside import against_beside
    from primaire.sources.reading.harvest import harvest
    from primaire.sources.reading.plan import plan
    from primaire.sources.reading.printed import against_counts
    from primaire.sources.reading.rows import polls
    from primaire.sources.reading.together import refuse_units_twice
    from primaire.sources.reading.totals import without_totals
    from primaire.sources.reading.unvoted import without_candidates

    planned = plan(mapping, raw, content.name, title_of([content.title]))
    readings = []
    printed = question.printed or len(raw.data) <= COMPARED_UP_TO
    for one in harvest(raw, planned, content.name, question, printed=printed):
        found = polls(raw, one, content.name)
        before = len(found.remarks)
        found, contradictions = without_totals(found, raw)
        compared = [*found.remarks[before:]]
        most = MOST_TOLD if question.printed else TOLD
        unvoted = without_candidates(found, raw, most) if one.plan.blocks else []
        differing, said = against_counts(found, raw, most) if printed else ([], _not_compared(planned))
        aside, signed = against_beside(found, raw, most)
        refuse_units_twice(raw, found, content.name)
        if not question.by:
            found = replace(found, lines=_lines(content, raw, found))
        found = settled(found, one.plan.contest, question)
        again = [*_nameless(mapping), *_headers_again(one.repeated)]
        unread = [*_unread(planned.unread), *_noted(one.notes)]
        compared += [*said, *signed] if printed else signed
        remarks = [*content.remarks, *raw.remarks, *again, *found.remarks, *said, *signed, *unread]
        account = _file(content, raw, mapping.name, _header_line(raw, planned), one.rows)
        readings.append(
            Reading(
                found,
                replace(
                    account,
                    remarks=tuple(remarks),
                    found=(*contradictions, *differing, *unvoted, *aside),
                    compared=tuple(compared),
                ),
            )
        )
    return [reading for reading in readings if len(reading.found)] or _nothing(content, mapping, planned)


def _lines(content: Content, raw: Raw, found: Polls) -> Any:
    """Return the line or row on which each unit begins; -1 for files whose tables are made up here: feeds and trees."""
    import numpy as np

    from primaire.sources.opening.parquet import is_parquet

    has_rows = raw.written or raw.sheet is not None or is_parquet(content.data[:4])
    return raw.lines_at(found.positions) if has_rows else np.full(len(found), -1)


def settled(found: Polls, contest: Told, question: Question) -> Polls:
    """Return units with their contests named and their codes in one form, added up first where the question allows it.

    What is added up over the whole country needs neither names nor codes of its 35,000 communes.
    """
    from primaire.sources.reading.codes import normalised
    from primaire.sources.reading.contests import settle_contests, without_absent, without_unheld
    from primaire.sources.reading.reducing import reduced

    said = None if contest.columns else contest.same or AUTO
    found = found if said else without_unheld(found)
    if len(found.entries.row) and found.counts:
        wide = settle_contests(found, said, only_wide=True)
        if wide is not None:
            return normalised(reduced(without_absent(wide), question))
        return reduced(without_absent(settle_contests(normalised(found), said)), question)
    return without_absent(settle_contests(normalised(found), said))


def _nothing(content: Content, mapping: Mapping, planned: Plan) -> list[Reading]:
    if planned.only:
        place, words = planned.only[0]
        raise SourceError(
            msg(
                "“{name}” has no row of those that the mapping “{mapping}” reads.",
                name=content.name,
                mapping=mapping.name,
            ),
            expected=msg("They have in “{column}”: {words}.", column=planned.header[place], words=sorted(words)),
            remedy=msg(
                "“primaire mapping {name}” shows the columns; read with a mapping of your own.", name=content.name
            ),
        )
    raise SourceError(
        msg("“{name}” has a header, but no row below it.", name=content.name),
        expected=msg("A source has a header and at least one row."),
    )


def _not_compared(planned: Any) -> list[Message]:
    if any(vote.printed for vote in planned.votes) or any(
        name.startswith("share_") for vote in planned.votes for block in vote.blocks for name in block.fields
    ):
        return [
            msg(
                "Printed percentages are not compared with the counts here, for the size of the file; “primaire info” compares them."
            )
        ]
    return []


def _nameless(mapping: Mapping) -> list[Message]:
    if mapping.name != "header" or mapping.layout.header != 0:
        return []
    return [
        msg(
            "No row names the columns: they are known from comments above them, or from their order and from counts that add up."
        )
    ]


def _headers_again(repeated: int) -> list[Message]:
    if not repeated:
        return []
    return [
        msgn(
            "The header stands once more between the rows, and is left out.",
            "The header stands {n:count} more times between the rows, and is left out.",
            repeated,
        )
    ]


def _unread(headers: Sequence[str]) -> list[Message]:
    plain = list(dict.fromkeys(" ".join(header.split()) for header in headers))
    return [msg("Columns that are not read: {names}.", names=plain)] if plain else []


def _noted(notes: Sequence[str]) -> list[Message]:
    return [msg("Notes under the table, which are not read: {notes}.", notes=list(notes))] if notes else []


def _header_line(raw: Raw, planned: Plan) -> int | None:
    """Return the line of the last row above the data; None where there is none, or no file that has lines."""
    shown = raw.written or raw.sheet is not None
    return raw.lines[planned.skip - 1] if planned.skip and shown else None


def _file(content: Content, raw: Raw, reader: str, header: int | None, rows: int) -> SourceFile:
    return SourceFile(
        name=content.name,
        sha256=content.digest,
        size=content.size,
        reader=reader,
        encoding=raw.encoding if raw.written else None,
        separator=raw.separator,
        decimal_mark=_decimal_mark(raw),
        rows=rows,
        packing=content.packing,
        sheet=raw.sheet,
        header=header,
    )


def _decimal_mark(raw: Raw) -> str | None:
    if not raw.written:
        return None
    import re

    cells = [cell for row in raw.head for cell in row]
    return next((mark for mark in ",." if any(re.fullmatch(rf"\d+\{mark}\d+ ?%?", cell) for cell in cells)), None)


def _finest(readings: Sequence[Reading], sheets: Sequence[str | None]) -> list[Reading]:
    """Return, of each round, the sheet to read: of those that cover the most registered voters, the finest."""
    chosen: list[Reading] = []
    for key in dict.fromkeys(_vote_of(reading) for reading in readings):
        rivals = [reading for reading in readings if _vote_of(reading) == key]
        with_votes = [reading for reading in rivals if len(reading.found.entries.row)] or rivals
        with_votes = [reading for reading in with_votes if _says_contests(reading)] or with_votes
        most = max(_size(reading) for reading in with_votes)
        covering = [reading for reading in with_votes if _size(reading) * 1000 >= most * 999]
        chosen.append(max(covering, key=lambda reading: (_depth(reading), len(reading.found.entries.row))))
    read = [reading.file.sheet for reading in chosen]
    others = [sheet for sheet in sheets if sheet not in read]
    note = msg(
        "Of the sheets, {read} is read: the finest of those that cover the most voters. Choose another with --sheet: {others}.",
        read=read,
        others=others,
    )
    return [replace(one, file=replace(one.file, remarks=(note, *one.file.remarks))) for one in chosen]


def _vote_of(reading: Reading) -> tuple[str, int]:
    found = reading.found
    return found.election.words[found.election.codes[0]], int(found.round[0])


def _says_contests(reading: Reading) -> bool:
    """Tell whether units say in which contest they vote: deputies are elected by constituency, not by canton."""
    election, _ = _vote_of(reading)
    kind = kind_of(election)
    return (
        kind is None
        or kind.contest is None
        or any(name in reading.found.texts for name in (kind.contest, f"{kind.contest}_code"))
    )


def _size(reading: Reading) -> int:
    counts = reading.found.counts
    name = next((name for name in ("registered", "voters", "valid") if name in counts), None)
    return int(counts[name].values.sum()) if name else int(reading.found.entries.votes.values.sum())


def _depth(reading: Reading) -> int:
    return max(
        (
            LEVELS.index(word)
            for word in {reading.found.level.words[code] for code in reading.found.level.codes.tolist()}
        ),
        default=0,
    )

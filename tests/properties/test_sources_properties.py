"""Whatever stands in a file, it is read or refused; and what is written in the format is what is read."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from primaire.arrays import listed
from primaire.errors import SourceError
from primaire.matching import fold
from primaire.schema import COUNTS, UNIT_KEY, Returns
from primaire.sources.opening.content import Content
from primaire.sources.own.canonical import read_canonical
from primaire.sources.own.columns import BY_NAME, COLUMNS, NOT_CANDIDATES, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

# Files of any kind

ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")
headers = st.sampled_from([name for column in COLUMNS for name in (column.name, column.french)]) | st.text(max_size=5)
cells = (
    st.sampled_from(
        [
            "",
            "1",
            "1 473",
            "35,68 %",
            "-1",
            "0",
            "2017-01-29",
            "29/01/2017",
            "oui",
            "final",
            "gelé",
            "A",
            '"',
            "\r",
            "\n",
            "\x1c",
            "\x85",
            "\u2028",
            "\ufeff",
            "'=1",
            "9" * 30,
            "1e999",
            "NaN",
        ]
    )
    | st.integers().map(str)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)


def read_or_refuse(data: bytes) -> None:
    try:
        returns = read_canonical(Content("a.csv", "a", data))
    except SourceError:
        return
    assert len(returns.ballots) >= len(returns.contests) >= 1
    without_candidates = len(set(range(len(returns.ballots))) - set(returns.votes["ballot"]))
    assert len(returns.votes) + without_candidates >= len(returns.ballots)
    assert (returns.votes["votes"].dropna() >= 0).all()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    read_or_refuse(data)


@given(
    st.sampled_from(
        [b"candidate,votes\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbfcandidat;voix\n", b'"candidate"\tvotes\r']
    ),
    st.binary(max_size=100),
)
def test_any_bytes_after_a_good_beginning_are_read_or_refused(start, data):
    read_or_refuse(start + data)


@given(
    st.lists(headers, max_size=6),
    st.lists(st.lists(cells, max_size=7), max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(ENCODINGS),
)
def test_any_text_near_the_format_is_read_or_refused(header, rows, separator, newline, encoding):
    """Cells are not quoted, so that some break their rows."""
    text = newline.join(separator.join(row) for row in [["candidate", "votes", *header], *rows])
    read_or_refuse(text.encode(encoding, errors="replace"))


# What is written is what is read


def _a_name(text: str) -> bool:
    return text == text.strip() and fold(text) != "" and not text.startswith("'")


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8).filter(
    _a_name
)
candidates = names.filter(lambda name: fold(name) not in NOT_CANDIDATES)
counts = st.none() | st.integers(0, 10**15 - 1)
words = {column: st.none() | st.sampled_from(list(said)) for column, said in WORDS.items()}
shares = st.integers(0, 4).flatmap(
    lambda decimals: st.integers(0, 100 * 10**decimals).map(lambda digits: f"{digits / 10**decimals:.{decimals}f}")
)
ballots = st.fixed_dictionaries(
    {
        "election": names,
        "round": st.integers(1, 99),
        "contest": names,
        "level": words["level"],
        "unit": names,
        "status": st.sampled_from(list(WORDS["status"])),
        **dict.fromkeys(COUNTS, counts),
    }
)
published = st.fixed_dictionaries(
    {"votes": counts, "share": st.none() | shares, "share_base": words["share_base"], "label": st.none() | names}
)


@st.composite
def data_sets(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The rows of some units, each with some of the same few candidates."""
    units = draw(
        st.lists(ballots, min_size=1, max_size=3, unique_by=lambda unit: tuple(unit[name] for name in UNIT_KEY))
    )
    people = draw(st.lists(candidates, min_size=1, max_size=3, unique_by=fold))
    chosen = [
        (unit, name) for unit in units for name in draw(st.lists(st.sampled_from(people), min_size=1, unique=True))
    ]
    return [{**unit, "candidate": name, **draw(published)} for unit, name in chosen]


def spelled(column: str, value: object, *, french: bool, separator: str) -> str:
    """A cell as a person or a spreadsheet of the language writes it."""
    if value is None:
        return ""
    if column in WORDS:
        return WORDS[column][str(value)] if french else str(value)
    if column == "share" and separator == ";":
        return str(value).replace(".", ",")
    if column in (*COUNTS, "votes") and french:
        return f"{value:,}".replace(",", "\u00a0")
    return str(value)


def written(rows: list[dict[str, Any]], *, french: bool, separator: str, newline: str) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator=newline, quoting=csv.QUOTE_ALL)
    columns = [column for column in BY_NAME if column in rows[0]]
    writer.writerow([BY_NAME[column].french if french else column for column in columns])
    for row in rows:
        writer.writerow([spelled(column, row[column], french=french, separator=separator) for column in columns])
    return file.getvalue()


def holding(text: str, encoding: str) -> bytes:
    """The text in an encoding; in UTF-8 if that one lacks a letter, or would pass for UTF-8."""
    try:
        data = text.encode(encoding)
        if encoding != "cp1252" or data.decode() == text:
            return data
    except UnicodeEncodeError:
        pass
    except UnicodeDecodeError:
        return data
    return text.encode()


def ballots_read(returns: Returns) -> dict[tuple[Any, ...], dict[str, Any]]:
    columns = {name: listed(returns.ballots[name]) for name in (*UNIT_KEY, "status", *COUNTS)}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return {tuple(row[name] for name in UNIT_KEY): row for row in rows}


def votes_read(returns: Returns) -> dict[tuple[Any, ...], list[Any]]:
    keys = list(zip(*(listed(returns.ballots[name]) for name in UNIT_KEY), strict=True))
    people = returns.candidates["candidate"].tolist()
    figures = zip(
        *(listed(returns.votes[name]) for name in ("ballot", "candidate", "votes", "share", "share_base")), strict=True
    )
    return {(*keys[ballot], people[person]): rest for ballot, person, *rest in figures}


def _by_unit(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in UNIT_KEY)


@given(
    data_sets(),
    st.data(),
    st.booleans(),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(ENCODINGS),
)
def test_what_is_written_is_what_is_read(rows, data, french, separator, newline, encoding):
    """In any order of rows, either language, any separator and any encoding that holds its letters."""
    shuffled = data.draw(st.permutations(rows))
    text = written(shuffled, french=french, separator=separator, newline=newline)
    returns = read_canonical(Content("a.csv", "a", holding(text, encoding)))
    ballot_columns = (*UNIT_KEY, "status", *COUNTS)
    assert ballots_read(returns) == {_by_unit(row): {name: row[name] for name in ballot_columns} for row in rows}
    assert votes_read(returns) == {
        (*_by_unit(row), row["candidate"]): [
            row["votes"],
            None if row["share"] is None else float(row["share"]),
            row["share_base"],
        ]
        for row in rows
    }

"""Mappings as files: whatever is written is read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from primaire.sources.meaning import mapping as model
from primaire.sources.meaning.mapping import (
    BALLOT_FIGURES,
    CANDIDATE_FIELDS,
    Candidates,
    Entry,
    FromColumn,
    Layout,
    Mapping,
    Printed,
    Vote,
)
from primaire.sources.meaning.mapping_file import (
    CONTESTS,
    COUNTED,
    LEVELS,
    NAMING,
    OF_CANDIDATE,
    PERCENTAGES,
    PLACES,
    parse_mapping,
)
from primaire.sources.meaning.mapping_writer import Comments, write_mapping
from primaire.sources.meaning.references import GAP

# Quotes, backslashes, line breaks, accents, control characters: whatever a header can hold.
TEXT = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: bool(text.strip()))
HEADER = TEXT.filter(lambda text: GAP not in text)
REFERENCE = HEADER | st.integers(1, 400)
NUMBERED = TEXT.map(lambda text: text.replace(GAP, "") + GAP)
WORDS = st.dictionaries(st.text(st.characters(codec="utf-8")), TEXT, max_size=3)
ROUND = st.integers(1, 99).map(str)
DATE = st.dates().map(str)
ELECTION = TEXT.filter(lambda text: "{year}" not in text)


def columns(keys, values=REFERENCE, min_size=0):
    return st.dictionaries(st.sampled_from(keys), values, min_size=min_size)


def value(constant, meant=TEXT):
    cells = st.dictionaries(st.text(st.characters(codec="utf-8")), meant, max_size=3)
    return constant | st.builds(FromColumn, st.lists(REFERENCE, min_size=1, max_size=3).map(tuple), cells)


ONLY = st.dictionaries(REFERENCE, st.lists(st.text(st.characters(codec="utf-8")), min_size=1).map(tuple), max_size=2)
ENTRY = st.builds(
    Entry,
    TEXT,
    st.builds(
        lambda counted, more: {**more, counted: 3},
        st.sampled_from(COUNTED),
        columns(OF_CANDIDATE),
    ),
    label=st.none() | TEXT,
    list=st.none() | TEXT,
    number=st.none() | TEXT,
)


def fields_of(reference):
    """What tells candidates apart, and what counts their votes, at least."""
    several = st.lists(reference, min_size=1, max_size=2).map(tuple)
    return st.builds(
        lambda named, counted, more: {**more, **named, **counted},
        columns(NAMING, several, 1),
        columns(COUNTED, several, 1),
        columns(CANDIDATE_FIELDS, several),
    )


def with_names(candidates):
    names = WORDS if "number" in candidates.fields else st.just({})
    return names.map(
        lambda names: Candidates(candidates.layout, candidates.fields, candidates.repeat, (), candidates.figures, names)
    )


FIGURES = st.dictionaries(TEXT, st.sampled_from((*BALLOT_FIGURES, model.IGNORED)), max_size=3)
CANDIDATES = st.one_of(
    st.just(Candidates("none")),
    st.builds(Candidates, st.just("rows"), fields_of(REFERENCE), figures=FIGURES, lines_added=st.booleans()).flatmap(
        with_names
    ),
    st.builds(Candidates, st.just("blocks"), fields_of(REFERENCE), st.integers(1, 30)).flatmap(with_names),
    st.builds(Candidates, st.just("blocks"), fields_of(NUMBERED)).flatmap(with_names),
    st.builds(Candidates, st.just("columns"), entries=st.lists(ENTRY, min_size=1, max_size=3).map(tuple)),
)
PRINTED = st.lists(st.sampled_from(PERCENTAGES), unique=True, max_size=3).flatmap(
    lambda kinds: st.tuples(*(st.builds(Printed, REFERENCE, *map(st.just, kind.split("/"))) for kind in kinds))
)
VOTE = st.builds(
    Vote,
    st.none() | value(ELECTION),
    value(ROUND, ROUND),
    st.none() | value(DATE, DATE),
    value(st.sampled_from(CONTESTS)),
    columns(BALLOT_FIGURES),
    PRINTED,
    CANDIDATES,
    ONLY,
)
LAYOUT = st.builds(
    Layout,
    sheet=st.none() | TEXT,
    encoding=st.none() | st.sampled_from(["utf-8", "cp1252", "latin-1"]),
    separator=st.none() | st.characters(codec="utf-8"),
    decimal_mark=st.none() | st.sampled_from(",."),
    header=st.none() | st.integers(0, 99),
    records=st.none() | TEXT,
    only=ONLY,
)
MAPPING = st.builds(
    Mapping,
    st.lists(VOTE, min_size=1, max_size=2).map(tuple),
    # The unit's own place may be of any level, so that every level has its column.
    columns(PLACES).map(lambda places: {"unit": 1, **places}),
    st.none() | value(st.sampled_from(LEVELS), st.sampled_from(LEVELS)),
    LAYOUT,
    st.lists(TEXT, max_size=3).map(tuple),
    TEXT,
)


@given(MAPPING)
def test_what_is_written_is_read_again(mapping):
    assert parse_mapping(write_mapping(mapping), mapping.name) == mapping


@given(MAPPING, st.text(), st.text())
def test_comments_change_nothing(mapping, above, beside):
    comments = Comments(
        (above,), {column: beside for vote in mapping.votes for column in vote.ballots.values()}, (above,)
    )
    assert parse_mapping(write_mapping(mapping, comments), mapping.name) == mapping

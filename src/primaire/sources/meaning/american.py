"""What OpenElections says in the names of its files: ``20201103__ri__general__precinct`` (date, state, election, grain)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from primaire.sources.meaning.mapping import FromColumn

if TYPE_CHECKING:
    from primaire.sources.meaning.mapping import Mapping, Vote

MAPPING: Final = "openelections"
"""The registered mapping whose files are named so."""

_STATES: Final = {
    "ak": "Alaska",
    "al": "Alabama",
    "ar": "Arkansas",
    "as": "American Samoa",
    "az": "Arizona",
    "ca": "California",
    "co": "Colorado",
    "ct": "Connecticut",
    "dc": "District of Columbia",
    "de": "Delaware",
    "fl": "Florida",
    "ga": "Georgia",
    "gu": "Guam",
    "hi": "Hawaii",
    "ia": "Iowa",
    "id": "Idaho",
    "il": "Illinois",
    "in": "Indiana",
    "ks": "Kansas",
    "ky": "Kentucky",
    "la": "Louisiana",
    "ma": "Massachusetts",
    "md": "Maryland",
    "me": "Maine",
    "mi": "Michigan",
    "mn": "Minnesota",
    "mo": "Missouri",
    "mp": "Northern Mariana Islands",
    "ms": "Mississippi",
    "mt": "Montana",
    "nc": "North Carolina",
    "nd": "North Dakota",
    "ne": "Nebraska",
    "nh": "New Hampshire",
    "nj": "New Jersey",
    "nm": "New Mexico",
    "nv": "Nevada",
    "ny": "New York",
    "oh": "Ohio",
    "ok": "Oklahoma",
    "or": "Oregon",
    "pa": "Pennsylvania",
    "pr": "Puerto Rico",
    "ri": "Rhode Island",
    "sc": "South Carolina",
    "sd": "South Dakota",
    "tn": "Tennessee",
    "tx": "Texas",
    "us": "USA",
    "ut": "Utah",
    "va": "Virginia",
    "vi": "Virgin Islands",
    "vt": "Vermont",
    "wa": "Washington",
    "wi": "Wisconsin",
    "wv": "West Virginia",
    "wy": "Wyoming",
}
_KINDS: Final = {
    **{word: word for word in ("special", "primary", "caucus", "general", "municipal", "recall", "runoff")},
    **dict.fromkeys(("democrat", "democratic", "dem"), "Democratic"),
    **dict.fromkeys(("republican", "rep"), "Republican"),
}
"""Words of a file's name that tell an election from others of the same state and year."""

_TOP_TWO: Final = {"ak": 2022, "ca": 2012, "la": 1978, "wa": 2008}
"""States, and the first year, in which candidates of all parties stand in one primary."""

_NAMED = re.compile(r"(\d{8})_{1,2}([a-z]{2})_{1,2}(\w.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Filed:
    """What a file's name says.

    Attributes:
        election: such as “Rhode Island general election 2020”.
        date: ISO.
        by_party: each party has a contest of its own for every office, as in most primaries.
    """

    election: str
    date: str
    by_party: bool


def filed(title: str) -> Filed | None:
    """Return what the name of a file, without its ending, says; None for names that are not of this kind.

    >>> filed("20201103__ri__general__precinct")
    Filed(election='Rhode Island general election 2020', date='2020-11-03', by_party=False)
    >>> filed("20220301__tx__primary__briscoe__precinct").by_party, filed("20180605__ca__primary__county").by_party
    (True, False)
    >>> filed("20170423_resultats") is None
    True
    """
    named = _NAMED.fullmatch(title)
    state = _STATES.get(named[2].lower()) if named else None
    if named is None or state is None:
        return None
    try:
        day = date.fromisoformat(named[1])
    except ValueError:
        return None
    kinds = [_KINDS[word] for word in re.split(r"[_\W]+", named[3].lower()) if word in _KINDS]
    words = [state, *dict.fromkeys(kinds), "election", str(day.year)]
    parties = bool({"primary", "caucus"} & set(kinds)) and day.year < _TOP_TWO.get(named[2].lower(), day.year + 1)
    return Filed(" ".join(words), day.isoformat(), parties)


def with_file_said(mapping: Mapping, title: str) -> Mapping:
    """Return a mapping with what the name of the file says of its votes; any other than :data:`MAPPING` as it is."""
    said = filed(title) if mapping.name == MAPPING else None
    if said is None:
        return mapping
    return replace(mapping, votes=tuple(_vote(vote, said) for vote in mapping.votes))


def _vote(vote: Vote, said: Filed) -> Vote:
    contest = vote.contest
    if said.by_party and isinstance(contest, FromColumn):
        contest = replace(contest, columns=(*contest.columns, *vote.candidates.fields.get("label", ())))
    return replace(vote, election=vote.election or said.election, date=vote.date or said.date, contest=contest)

"""Which vote a file reports, from its name, the name of its sheet and the titles above its table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.matching import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Kind:
    """A kind of election: its name, how files abbreviate it, and what its candidates compete for.

    ``contest`` is the level of geography on which each place has candidates of its own; None: the whole country has
    the same.
    """

    name: str
    words: tuple[str, ...]
    contest: str | None


# Presidential first: its files also say "par département".
KINDS: Final = (
    Kind(
        "Présidentielle", ("presidentiel", "presidentielle", "presidentielles", "pr", "pres", "presid", "presi"), None
    ),
    Kind("Législatives", ("legislative", "legislatives", "leg", "legi", "lg", "legis"), "constituency"),
    Kind("Européennes", ("europeenne", "europeennes", "euro", "eu", "er", "europ", "eur"), None),
    Kind("Régionales", ("regionale", "regionales", "rg", "regi"), "region"),
    Kind("Départementales", ("departementales", "dp", "dpmt"), "canton"),
    Kind("Cantonales", ("cantonale", "cantonales", "cant", "cn", "ca"), "canton"),
    Kind("Municipales", ("municipale", "municipales", "muni", "mn", "munic"), "commune"),
    Kind("Sénatoriales", ("senatoriale", "senatoriales", "se", "sena"), "departement"),
    Kind("Référendum", ("referendum", "rf", "refe"), None),
)

_ROUND = re.compile(
    # A digit before "t1" is a year's; "presidentielle 1" needs no word for the round.
    r"(?<=\d)t([12])\b|\b(?:presidentielles?|legislatives|departementales|municipales|regionales|cantonales) ([12])\b|"
    r"\b(?:t|tour|round|r|t0)[ ]?([12])\b|\b(1)(?: ?er| st)? (?:tour|round)\b|\b(2)(?: ?e| ?eme| ?nd| nde)? (?:tour|round)\b"
    r"|\b(premier) tour\b|\b(second|deuxieme) tour\b"
)
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_SHORT = re.compile(r"\b([a-z]{2,4})[ ]?(\d\d)\b")
_ID = re.compile(r"\d{4}_[a-z]+_t\d", re.IGNORECASE)
_SAYS_NOTHING = frozenset(("election", "elections", "scrutin", "de", "des", "du", "d", "l", "la", "les"))
_GLUED = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


@dataclass(frozen=True)
class Naming:
    """What the words say: each None where they do not."""

    kind: Kind | None = None
    year: int | None = None
    round: int | None = None

    @property
    def election(self) -> str | None:
        """The election's name, such as “Présidentielle 2017”."""
        if self.kind is None:
            return None
        return self.kind.name if self.year is None else f"{self.kind.name} {self.year}"


def round_said(text: str) -> int | None:
    """Return the round that a text names: “2e tour”, “T2”, “2nd round”; None where it names none, or both.

    >>> round_said("Leg_2017_Resultats_T2_c"), round_said("Tour 1"), round_said("2nd tour"), round_said("LG12_T1T2")
    (2, 1, 2, None)
    """
    said = {
        {"premier": 1, "second": 2, "deuxieme": 2}.get(word) or int(word)
        for found in _ROUND.finditer(fold(text).replace("t1t2", "t1 t2"))
        for word in found.groups()
        if word
    }
    return said.pop() if len(said) == 1 else None


def without_round(text: str) -> str:
    """Return a text without the words that name a round.

    >>> without_round("inscrits_t1")
    'inscrits'
    """
    return " ".join(_ROUND.sub(" ", fold(text)).split())


_ROUND_WORDS = re.compile(
    r"[\s_(–-]*(?:\b|(?<=_))(?:t ?[12]|tour ?[12]|round ?[12]|(?:1 ?er|2 ?e|2 ?[eè]me|2 ?nde?|premier|second|deuxi[eè]me) tour)\b\)?",
    re.IGNORECASE,
)


def without_round_words(name: str) -> str:
    """Return a name as it is written, without the round behind it.

    >>> without_round_words("LE PEN T2"), without_round_words("Macron (1er tour)"), without_round_words("T1")
    ('LE PEN', 'Macron', 'T1')
    """
    return _ROUND_WORDS.sub("", name).strip() or name


def naming(texts: Iterable[str]) -> Naming:
    """Return what the texts say, the first that says something; file names come before titles.

    >>> naming(["PR17_BVot_T1_FE"]).election, naming(["2024_legi_t2"]).election, naming(["kerg2"]).election
    ('Présidentielle 2017', 'Législatives 2024', None)
    """
    kind: Kind | None = None
    year: int | None = None
    round_: int | None = None
    for text in texts:
        folded = fold(text)
        words = _GLUED.sub(" ", folded).split()
        said = next((one for one in KINDS if set(words) & set(one.words[:3]) or _abbreviated(words, one)), None)
        if kind is None and said is not None:
            kind = said
        if year is None:
            year = _year(folded, kind)
        if round_ is None:
            round_ = round_said(text)
    return Naming(kind, year, round_)


def _abbreviated(words: list[str], kind: Kind) -> bool:
    """Tell whether an abbreviation stands beside a year: on its own, "pr" or "er" says nothing."""
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word == "er" and before == "1":  # “1er” is no vote
            continue
        if word in kind.words and (re.fullmatch(r"\d\d|\d{4}", after) or re.fullmatch(r"\d{4}", before)):
            return True
    return False


def _year(folded: str, kind: Kind | None) -> int | None:
    found = _YEAR.search(folded)
    if found:
        return int(found[1])
    for word, digits in _SHORT.findall(folded):
        if kind is not None and word in kind.words:
            return 2000 + int(digits) if int(digits) < 58 else 1900 + int(digits)  # noqa: PLR2004  the Fifth Republic
    return None


def kind_of(election: str) -> Kind | None:
    """Return the kind of an election from its name."""
    return naming([election]).kind


def spoken(word: str) -> tuple[str, int | None]:
    """Return an election's name and round from what says no more than its kind, its year and its round, such as an
    identifier of data.gouv.fr; any other name is left alone.

    >>> spoken("2022_pres_t1"), spoken("ELECTIONS DEPARTEMENTALES 2015"), spoken("Législatives partielles 2013")
    (('Présidentielle 2022', 1), ('Départementales 2015', None), ('Législatives partielles 2013', None))
    >>> spoken("Élections Législatives 2nd tour"), spoken("Législatives"), naming(["49007 201 1er15cantons"]).kind
    (('Législatives', 2), ('Législatives', None), None)
    """
    said = naming([word])
    if said.election is None or (said.year is None and said.round is None):
        return word, None
    more = set(_GLUED.sub(" ", without_round(word)).split()) - {*(said.kind.words if said.kind else ()), str(said.year)}
    if _ID.fullmatch(word) or more <= _SAYS_NOTHING:
        return said.election, said.round
    return word, None

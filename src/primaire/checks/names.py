"""Names that an encoding damaged: of units, places, contests, candidates and lists."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import codes
from primaire.checks.finding import Answer, Seen, first_of, place_of
from primaire.messages import Message, msg, msgn
from primaire.schema import LEVELS

if TYPE_CHECKING:
    from primaire.schema import Returns

_OF_BALLOTS: Final = ("election", "contest", "unit", *LEVELS[1:])
_OF_CANDIDATES: Final = ("candidate", "list")

_LETTER: Final = r"[^\W\d_]"
_LOWER: Final = r"[a-zà-öø-ÿ]"
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
_LOST: Final = re.compile(rf"\ufffd|(?<={_LETTER})\?(?={_LETTER})")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_EUROPEAN: Final = re.compile(r"[\x80-\u017f\u2010-\u203a€™]+")
"""Letters of the Latin alphabets, and signs of print."""

_SUSPICIOUS: Final = re.compile(r"[?&\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\ufffd]")
"""What a damaged name has at the least: anything but plain letters, a question mark or an ampersand."""

_MISREAD: Final = (
    (
        re.compile(
            rf"(?<={_LETTER})[‚ˆ‰ƒ‡…](?={_LETTER})|(?<={_LETTER})[‚ˆ‡]\B|(?<={_LETTER})Š(?={_LOWER})|(?<={_LOWER})Œ(?={_LOWER})"
        ),
        "cp1252",
        "cp850",
    ),
    (re.compile(rf"(?<={_LOWER})Ž(?={_LOWER}|$)"), "cp1252", "mac_roman"),
    (re.compile(rf"(?<={_LOWER})[ÚÞþ¶¯Û](?={_LOWER}|$)|[╔╩╚└]"), "cp850", "cp1252"),
)
"""Letters where they do not belong, the encoding that they were read in, and the one that they were written in."""


@dataclass(frozen=True)
class Damage:
    """What an encoding did to a name.

    Attributes:
        how: in words.
        repaired: what it should probably read; None where that is lost.
    """

    how: Message
    repaired: str | None


def damage(name: str) -> Damage | None:
    """Tell what an encoding did to a name, None where nothing looks like it.

    >>> damage("BenoÃ®t HAMON").repaired, damage("Jean-Luc M&eacute;lenchon").repaired, damage("Andr‚ MARTIN").repaired
    ('Benoît HAMON', 'Jean-Luc Mélenchon', 'André MARTIN')
    >>> damage("Beno?t HAMON").repaired is None, damage("Benoît HAMON") is None
    (True, True)
    """
    if not _SUSPICIOUS.search(name):
        return None
    return next(filter(None, (kind(name) for kind in (_of_unicode, _lost, _misread, _of_html, _unprintable))), None)


def shown(name: str) -> str:
    r"""Return a name with what a terminal would act on, and not show, written out.

    >>> shown("L\x8cVENBRUCK")
    'L\\x8cVENBRUCK'
    """
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", name)


def _of_unicode(name: str) -> Damage | None:
    undone = _undone(name)
    # A hyphen that shows only where a line ends is no part of a name.
    plain = undone.replace("\u00ad", "")
    return Damage(msg("UTF-8 read as another encoding"), plain) if undone != name else None


def _lost(name: str) -> Damage | None:
    return Damage(msg("letters lost in a conversion"), None) if _LOST.search(name) else None


def _misread(name: str) -> Damage | None:
    for pattern, read, written in _MISREAD:
        if pattern.search(name):
            return Damage(msg("letters of another encoding"), _recoded(name, read, written))
    return None


def _of_html(name: str) -> Damage | None:
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]), name)
    return Damage(msg("HTML left in it"), plain) if plain != name else None


def _unprintable(name: str) -> Damage | None:
    return Damage(msg("characters that cannot be printed"), _of_windows(name)) if _CONTROL.search(name) else None


def _undone(name: str) -> str:
    """Return a name with what is UTF-8 read as Windows-1252 or Latin-1 read again, twice where it happened twice."""
    again = re.sub(r"[^\x00-\x7f]{2,}", lambda found: _of_utf8(found[0]), name)
    return again if again == name else _undone(again)


def _of_utf8(letters: str) -> str:
    try:
        # Five bytes have no letter in Windows-1252, and are read as control characters.
        raw = b"".join(each.encode("latin-1" if "\x80" <= each <= "\xff" else "cp1252") for each in letters)
        plain = raw.decode("utf-8")
    except UnicodeError:
        return letters
    # Two letters of a French word may make one of another script by chance.
    return plain if _EUROPEAN.fullmatch(plain) else letters


def _of_windows(name: str) -> str | None:
    """Return a name whose unprintable characters are letters and signs of Windows-1252, read as Latin-1."""
    try:
        plain = _CONTROL.sub(lambda found: found[0].encode("latin-1").decode("cp1252"), name)
    except UnicodeError:
        return None
    return None if _CONTROL.search(plain) else plain


def _recoded(name: str, read: str, written: str) -> str | None:
    try:
        return name.encode(read).decode(written)
    except UnicodeError:
        return None


def names(returns: Returns) -> Answer:
    """Find names of units, places, contests, candidates and lists that were damaged by an encoding, each once."""
    held = _held(returns)
    told: set[str] = set()
    seen: list[Seen] = []
    for column, words in held.items():
        # All in one text first: of many thousand names, few or none are worth a look of their own.
        if not _SUSPICIOUS.search("".join(words)):
            continue
        for name in words:
            hurt = damage(name) if name not in told else None
            if hurt is not None:
                told.add(name)
                seen.append(_seen(returns, column, name, hurt))
    different = sum(map(len, held.values()))
    said = msgn(
        "{n:count} name of a unit, place, contest, candidate or list.",
        "{n:count} names of units, places, contests, candidates and lists.",
        different,
    )
    return Answer(tuple(sorted(seen, key=lambda one: one.ballot or 0)), (said,))


def _held(returns: Returns) -> dict[str, list[str]]:
    """Return the different names of each column."""
    ballots, people = returns.ballots, returns.candidates
    held = {}
    for column in _OF_BALLOTS:
        names_ = ballots[column].cat.categories
        used = np.bincount(codes(ballots[column]) + 1, minlength=len(names_) + 1)[1:] > 0
        held[column] = names_[used].tolist()
    return held | {column: people[column].dropna().unique().tolist() for column in _OF_CANDIDATES}


def _seen(returns: Returns, column: str, name: str, hurt: Damage) -> Seen:
    hint = msg("should probably read “{name}”", name=hurt.repaired) if hurt.repaired else None
    if column in _OF_CANDIDATES:
        person = int(np.flatnonzero((returns.candidates[column] == name).to_numpy())[0])
        place = place_of(*returns.candidates[["election", "contest"]].iloc[person].astype("str"))
        message = msg("“{name}”: {how}", name=shown(name), how=hurt.how)
        return Seen("PRI303", message, place=place, hint=hint, first=first_of(returns, person))
    rows = np.flatnonzero((returns.ballots[column] == name).to_numpy())
    message = msgn(
        "“{name}”, of {n:count} unit: {how}", "“{name}”, of {n:count} units: {how}", len(rows), name=name, how=hurt.how
    )
    return Seen("PRI303", message, int(rows[0]), hint=hint)

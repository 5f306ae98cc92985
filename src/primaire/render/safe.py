"""Text from outside made harmless: what would act on a terminal, a reader's eye or a spreadsheet is shown instead."""

from __future__ import annotations

import codecs
import re
import unicodedata

_ACTIVE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: C0, DEL, C1
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\ud800-\udfff"  # surrogates alone, which no encoding can write
    "]"
)
_SHORT = {"\n": r"\n", "\t": r"\t", "\r": r"\r"}

SUBSTITUTE = "primaire.substitute"
"""Name of the codecs error handler that writes ``-`` for ``–``, ``e`` for ``é``, and ``?`` for what has no likeness."""

_ASCII = {
    **dict.fromkeys("‐‑‒–—―−─━", "-"),
    **dict.fromkeys("█▉▊▋▌▍▎▏▐", "#"),
    **dict(zip("▁▂▃▄▅▆▇", ".:-=+*%", strict=True)),  # darker and darker, up to the # of a whole block
    "│": "|",
    **dict.fromkeys("‘’‚‹›′", "'"),
    **dict.fromkeys("“”„«»″", '"'),
    **dict(zip("†≈×·•øØłŁđĐ", "*~x.*oOlLdD", strict=True)),
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ß": "ss",
    "→": "->",
    "←": "<-",
    "€": "EUR",
    "≤": "<=",
    "≥": ">=",
}


def printable(text: str) -> str:
    """Return text with everything that acts rather than shows written as a visible escape, on one line.

    >>> print(printable("a\\x1b[31mb\\nc\\u202ed"))
    a\\x1b[31mb\\nc\\u202ed
    """
    return _ACTIVE.sub(lambda found: _escape(found.group()), text)


def _escape(char: str) -> str:
    code = ord(char)
    return _SHORT.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")  # noqa: PLR2004  one byte


def encode(text: str, encoding: str) -> bytes:
    """Return text in an encoding, with the nearest ASCII for what the encoding lacks.

    >>> encode("Benoît – 1\\u202f473 ≈ 35,68\\xa0% █▌", "ascii")
    b'Benoit - 1 473 ~ 35,68 % ##'
    """
    return text.encode(encoding, errors=SUBSTITUTE)


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_likeness, error.object[error.start : error.end])), error.end


def _likeness(char: str) -> str:
    if char in _ASCII:
        return _ASCII[char]
    if unicodedata.combining(char):
        return ""  # its base letter is already written
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if part.isascii())
    return base or "?"


codecs.register_error(SUBSTITUTE, _substitute)

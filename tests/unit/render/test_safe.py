"""Nothing that acts on a terminal, a reader's eye or an encoder gets through."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.render.safe import encode, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Benoît Hamon", "Benoît Hamon"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("nul\x00 del\x7f csi\x9b", r"nul\x00 del\x7f csi\x9b"),
        ("\u202eabc\u202c \u2066x\u2069", r"\u202eabc\u202c \u2066x\u2069"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\udc80", r"\udc80"),
        ("1\u202f473 35,68\xa0%", "1\u202f473 35,68\xa0%"),
    ],
)
def test_what_acts_is_shown_as_an_escape(text, shown):
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_printable_text_is_one_line_that_utf_8_can_write(text):
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("Benoît – 35,68\xa0%† ≈1\u202f473 ×1,5 −2", "ascii", b"Benoit - 35,68 %* ~1 473 x1,5 -2"),
        ("█▌ ──", "ascii", b"## --"),
        ("Œuvre d’Élodie : “oui” → €", "ascii", b'OEuvre d\'Elodie : "oui" -> EUR'),
        ("e\u0301", "ascii", b"e"),
        ("漢字", "ascii", b"??"),
        ("Benoît – †×", "cp1252", "Benoît – †×".encode("cp1252")),  # which has them all
        ("Benoît ≈ 1\u202f473", "cp1252", "Benoît ~ 1 473".encode("cp1252")),
        ("░█ é †", "cp437", "░█ é *".encode("cp437")),
        ("漢字 é", "utf-8", "漢字 é".encode()),
    ],
)
def test_what_an_encoding_lacks_is_written_with_its_nearest_ascii(text, encoding, expected):
    assert encode(text, encoding) == expected


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "cp437", "utf-8"]))
def test_any_text_can_be_written_in_any_encoding(text, encoding):
    assert isinstance(encode(printable(text), encoding), bytes)


def test_bars_and_rules_keep_their_length_in_ascii():
    assert len(encode("█▉▊▋▌▍▎▏─", "ascii")) == 9
    assert encode("▐█│", "ascii") == b"##|"


def test_sparklines_keep_one_sign_for_each_height_in_ascii():
    shown = encode("▁▂▃▄▅▆▇█", "ascii").decode()
    assert len(shown) == len(set(shown)) == 8
    assert "?" not in shown


def test_the_substitution_is_for_encoding_only():
    with pytest.raises(UnicodeDecodeError):
        codecs.decode(b"\xff", "utf-8", errors="primaire.substitute")

"""Numbers, dates and sentences as English and French write them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from primaire.errors import NameUnknownError
from primaire.messages import ENGLISH, msg, msgn
from primaire.render.language import Language, rounded

NARROW, HARD = "\u202f", "\xa0"
NONE = Path("no", "catalogues", "here")


@pytest.mark.parametrize(
    ("value", "how", "decimals", "in_english", "in_french"),
    [
        (1473, "count", 2, "1,473", f"1{NARROW}473"),
        (0, "count", 2, "0", "0"),
        (1234567, "count", 2, "1,234,567", f"1{NARROW}234{NARROW}567"),
        (308, "change", 2, "+308", "+308"),
        (-1308, "change", 2, "−1,308", f"−1{NARROW}308"),
        (0, "change", 2, "0", "0"),
        (35.677083, "share", 2, "35.68%", f"35,68{HARD}%"),
        (100, "share", 0, "100%", f"100{HARD}%"),
        (22.8796, "points", 2, "+22.88", "+22,88"),
        (-0.5, "points", 1, "−0.5", "−0,5"),
        (-0.004, "points", 2, "0.00", "0,00"),  # a zero has no sign
        (2.0841, "factor", 2, "×2.08", "×2,08"),
        (3.4567, "index", 3, "3.457", "3,457"),
        ("2017-01-29", "date", 2, "29 January 2017", "29 janvier 2017"),
        (date(2022, 4, 1), "date", 2, "1 April 2022", "1er avril 2022"),
        (True, "flag", 2, "yes", "yes"),
        (False, "flag", 2, "no", "no"),
        ("Benoît Hamon", "text", 2, "Benoît Hamon", "Benoît Hamon"),
        (2017, "", 2, "2017", "2017"),
    ],
)
def test_a_value_is_written_as_the_language_does(value, how, decimals, in_english, in_french):
    assert Language("en").write(value, how, decimals) == in_english
    assert Language("fr", catalogues=NONE).write(value, how, decimals) == in_french


def test_an_unknown_way_of_writing_is_refused_with_those_that_exist(english):
    with pytest.raises(ValueError, match=r"'portion'.*share"):
        english.write(1, "portion")


@pytest.mark.parametrize(
    ("value", "shown"), [(12.5, "12.5%"), (5.0, "5%"), (0.125, "0.125%"), (100 / 3, "33.33%"), (1000.0, "1,000%")]
)
def test_a_part_that_the_law_names_has_no_more_digits_than_it_needs(english, value, shown):
    assert english.write(value, "percent") == shown


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.125, 2, "0.13"),  # exactly a tie in binary too, where Python's own rounding gives 0.12
        (2.675, 2, "2.68"),  # a tie as written; the float64 lies below it
        (-2.5, 0, "-3"),  # away from zero on both sides
        (12.344999999999999, 2, "12.35"),  # 12.345 after an operation's error in the 17th digit
        (12.3449999, 2, "12.34"),
        (Fraction(1, 3), 2, "0.33"),
        (12345678901234567890, 0, "12345678901234567890"),
    ],
)
def test_ties_are_rounded_half_up_on_fifteen_digits(value, decimals, expected):
    assert str(rounded(value, decimals)) == expected


@given(st.integers(-(10**12), 10**12))
def test_counts_agree_with_the_wording_of_logs(number):
    text = Language("en").write(number, "count")
    assert text.replace("−", "-") == ENGLISH.write(number, "count")


@given(st.integers(0, 10**8).filter(lambda number: number % 10 != 5))
def test_shares_agree_with_the_wording_of_logs(thousandths):
    # Numbers of three decimals that do not end in 5, so that no tie tells half up from half even.
    share = thousandths / 1000
    assert Language("en").write(share, "share") == ENGLISH.write(share, "share")


@given(st.floats(-1e9, 1e9), st.integers(1, 4), st.sampled_from([("en", "en_GB"), ("fr", "fr_FR")]))
def test_numbers_agree_with_babel(number, decimals, language):
    # Babel rounds in the current decimal context, and knows the locale's marks by another way than ours.
    code, locale = language
    digits = "0" * decimals
    exact = rounded(number, decimals)
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        index = format_decimal(exact, f"#,##0.{digits}", locale=locale)
        share = format_percent(
            exact / 100, f"#,##0.{digits}%" if code == "en" else f"#,##0.{digits}{HARD}%", locale=locale
        )
    assert Language(code).write(number, "index", decimals) == _typographic(index, exact)
    assert Language(code).write(number, "share", decimals) == _typographic(share, exact)


def _typographic(text: str, number: Decimal) -> str:
    """Write Babel's hyphen as a minus sign, and none before zero: our two choices."""
    return text.lstrip("-") if number == 0 else text.replace("-", "−")


def test_items_are_joined_as_a_sentence_does(english, french):
    assert english.join(["A", "B", "C"]) == "A, B and C"
    assert french.join(["A", "B", "C"]) == "A, B et C"
    assert french.join(["A"]) == "A"


def test_an_unknown_language_is_refused_with_those_that_exist():
    with pytest.raises(NameUnknownError, match=r"“de”.*en, fr"):
        Language("de")


@pytest.fixture
def translated(tmp_path: Path) -> Language:
    """French with a catalogue of three entries."""
    catalogue = Catalog(locale="fr")
    catalogue.add("{name} leads with {share:share}.", "{name} est en tête avec {share:share}.")
    catalogue.add(("{n:count} vote", "{n:count} votes"), ("{n:count} voix", "{n:count} voix en tout"))
    catalogue.add("yes", "oui")
    binary = BytesIO()
    write_mo(binary, catalogue)
    folder = tmp_path / "catalogues" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "primaire.mo").write_bytes(binary.getvalue())
    return Language("fr", catalogues=tmp_path / "catalogues")


def test_a_sentence_comes_from_the_catalogue_with_the_languages_numbers(translated):
    said = msg("{name} leads with {share:share}.", name="Hamon", share=35.68).render(translated)
    assert said == f"Hamon est en tête avec 35,68{HARD}%."


def test_a_plural_follows_the_languages_rule(translated):
    # In French zero is singular, as one is; in English it is plural.
    said = [msgn("{n:count} vote", "{n:count} votes", n).render(translated) for n in (0, 1, 2)]
    assert said == ["0 voix", "1 voix", "2 voix en tout"]
    assert msgn("{n:count} vote", "{n:count} votes", 0).render(Language("en")) == "0 votes"


def test_words_of_the_vocabulary_are_translated(translated):
    assert translated.write("yes", "term") == "oui"
    assert translated.write(True, "flag") == "oui"


def test_a_sentence_that_the_catalogue_lacks_stays_english(translated):
    assert translated.translate("Registered") == "Registered"


def test_an_empty_text_stays_empty(translated):
    # gettext keeps the catalogue's header under the empty string.
    assert translated.translate("") == ""


def test_readers_are_not_told_the_options_of_a_command():
    said = msg("{names} could be meant. --rules chooses one. {note:term}", names=["A --b"], note="Mine: --c.")
    assert said.render(Language("en")) == "A --b could be meant. --rules chooses one. Mine: --c."
    assert said.render(Language("en").for_readers()) == "A --b could be meant. Mine: --c."

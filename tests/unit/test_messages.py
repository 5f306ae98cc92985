"""Messages: gaps, plurals, lists and messages within messages, in the wording of any language."""

from __future__ import annotations

import pytest

from primaire.messages import msg, msgn, term

SENTENCES = {
    "in {x}": "dans {x}",
    "of {x:share}": "sur {x:share}",
    "{n:count} unit": "{n:count} unité",
    "{before}; {after}": "{before} ; {after}",
}
PLURALS = {"{n:count} units": "{n:count} unités"}


class OtherLanguage:
    """A language of a few sentences, which shows every value with the way it is to be written."""

    def translate(self, text: str, plural: str | None, number: int | None) -> str:
        return SENTENCES[text] if plural is None or number == 1 else PLURALS[plural]

    def write(self, value: object, how: str) -> str:
        return f"<{value}|{how}>"


@pytest.mark.parametrize(
    ("text", "value", "sentence"),
    [
        ("{x:count} voters", 1655919, "1,655,919 voters"),
        ("{x:count} voters", 0, "0 voters"),
        ("{x:share} of valid", 35.675347, "35.68% of valid"),
        ("{x:points} points", 22.875, "+22.88 points"),
        ("{x:points} points", -0.736, "-0.74 points"),
        ("{x} comes first", "Benoît Hamon", "Benoît Hamon comes first"),
        ("no gap", 1, "no gap"),
    ],
)
def test_gaps_are_written_as_they_say(text, value, sentence):
    assert str(msg(text, x=value)) == sentence


@pytest.mark.parametrize(
    ("number", "sentence"), [(0, "0 candidates left"), (1, "1 candidate left"), (5, "5 candidates left")]
)
def test_the_number_chooses_singular_or_plural(number, sentence):
    assert str(msgn("{n} candidate left", "{n} candidates left", number)) == sentence


def test_a_list_is_written_item_by_item_in_one_way():
    assert str(msg("totals: {x:count}", x=[1152, 1165])) == "totals: 1,152, 1,165"
    assert str(msg("names: {x}", x=("Hamon", "Valls"))) == "names: Hamon, Valls"
    assert str(msg("names: {x}", x=[])) == "names: "


def test_a_message_within_a_message_is_rendered_too():
    inner = msg("{x:count} valid votes", x=1453)
    assert str(msg("more than {x}", x=inner)) == "more than 1,453 valid votes"
    assert str(msg("either {x}", x=[inner, msg("nothing")])) == "either 1,453 valid votes, nothing"


def test_the_language_chooses_the_sentence_and_writes_every_value_even_deep_inside():
    units = [msgn("{n:count} unit", "{n:count} units", number) for number in (1, 2)]
    assert msg("in {x}", x=units).render(OtherLanguage()) == "dans <1|count> unité, <2|count> unités"
    assert msg("of {x:share}", x=[1.5, 2.5]).render(OtherLanguage()) == "sur <1.5|share>, <2.5|share>"


@pytest.mark.parametrize("name", ["{x}", "{0}", "100 %", "%s", "a{b"])
def test_braces_in_a_value_are_text(name):
    assert str(msg("{x} stands", x=name)) == f"{name} stands"


def test_messages_that_say_the_same_are_equal():
    assert msg("{x} votes", x=3) == msg("{x} votes", x=3)
    assert msg("{x} votes", x=3) != msg("{x} votes", x=4)


def test_a_term_is_itself():
    assert term("blank and null") == "blank and null"


def test_items_that_hold_commas_are_set_apart_by_semicolons():
    assert str(msg("Here: {items}.", items=["a, b", "c"])) == "Here: a, b; c."


def test_what_stands_between_such_items_is_the_language_s():
    said = msg("in {x}", x=["a, b", "{c}", "d"]).render(OtherLanguage())
    assert said == "dans <a, b|> ; <{c}|> ; <d|>"

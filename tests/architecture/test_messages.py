"""What is said to people: marked so that it can be extracted, translated whole, with its gaps intact."""

from __future__ import annotations

import ast
import gettext
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

import primaire
from tools import messages
from tools.messages import forms

CATALOGUES = messages.catalogue_paths()
TEXTS_FIRST = {"msg": 1, "msgn": 2, "term": 1}

each_catalogue = pytest.mark.parametrize("po", CATALOGUES, ids=[po.parts[-3] for po in CATALOGUES])


class Marking(NamedTuple):
    """A call of msg, msgn or term in the source."""

    where: str
    function: str
    texts: list[object]  # None where the argument is no literal
    values: set[str | None]  # None where there is a **


def markings() -> list[Marking]:
    return [
        _marking(f"{path.relative_to(messages.SOURCE)}:{node.lineno}", node.func.id, node)
        for path in sorted(messages.SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS_FIRST
    ]


def _marking(where: str, function: str, call: ast.Call) -> Marking:
    texts = [
        argument.value if isinstance(argument, ast.Constant) else None
        for argument in call.args[: TEXTS_FIRST[function]]
    ]
    values = {keyword.arg for keyword in call.keywords}
    return Marking(where, function, list(texts), values | {"n"} if function == "msgn" else values)


def gaps(text: str) -> set[str]:
    """The gaps of a sentence, each with how its value is written: {"voters:count"}."""
    return {f"{name}:{how}" for _, name, how, _ in Formatter().parse(text) if name is not None}


def test_there_are_messages_and_french():
    assert len(markings()) > 100
    assert "fr" in [po.parts[-3] for po in CATALOGUES]


def test_marked_texts_are_literals():
    """Only a literal can be extracted: a text put together at run time would never be translated."""
    assert [call for call in markings() if not all(isinstance(text, str) for text in call.texts)] == []


def test_every_gap_has_its_value():
    """A gap without a value would break the sentence only when it is said, which may be in the middle of an error."""
    wrong = []
    for call in markings():
        names = {gap.split(":")[0] for text in call.texts for gap in gaps(str(text))}
        if call.function != "term" and None not in call.values and names - call.values:
            wrong.append((call.where, names - call.values))
    assert wrong == []


@each_catalogue
def test_catalogue_is_up_to_date(po: Path):
    assert po.read_bytes() == messages.updated(po), "the source's messages have changed: run `just messages`"


@each_catalogue
def test_everything_is_translated(po: Path):
    entries = [message for message in messages.read_catalogue(po) if message.id]
    missing = [message.id for message in entries if not all(forms(message.string))]
    unread = [message.id for message in entries if message.fuzzy]
    assert (missing, unread) == ([], [])


@each_catalogue
def test_nothing_is_obsolete(po: Path):
    assert list(messages.read_catalogue(po).obsolete) == []


@each_catalogue
def test_translations_keep_the_gaps(po: Path):
    """Each form has the gaps of its English one, written alike; a singular may leave out the number, or say it."""
    number = {"n:", "n:count"}
    wrong = []
    for message in messages.read_catalogue(po):
        one, many = gaps(forms(message.id)[0]), gaps(forms(message.id)[-1])
        *singulars, last = map(gaps, forms(message.string))
        kept = last == many and all(one - number <= form <= one | (many & number) for form in singulars)
        if all(forms(message.string)) and not kept:
            wrong.append((message.id, message.string))
    assert wrong == []


@each_catalogue
def test_the_program_reads_this_catalogue(po: Path):
    """The compiled catalogue beside the running program says what the catalogue of this source says."""
    installed = Path(primaire.__file__).parent / po.with_suffix(".mo").relative_to(messages.SOURCE)
    with installed.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in messages.read_catalogue(po):
        one, many = forms(message.id)[0], forms(message.id)[-1]
        if not message.id or not all(forms(message.string)):
            continue
        said = (
            tuple(compiled.ngettext(one, many, number) for number in (1, 2))
            if message.pluralizable
            else (compiled.gettext(one),)
        )
        assert said == forms(message.string), "the compiled catalogue is of another day: run `just messages`"

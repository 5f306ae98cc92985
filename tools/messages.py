"""Bring the message catalogues in line with the source, and compile them.

``python -m tools.messages`` updates the catalogue of every language; with language codes, of these, making those that
are not there yet. A sentence that changed keeps its old translation, marked fuzzy until a person has read it again.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from primaire.rules.shipped import shipped
from primaire.sources import DATASETS, publications
from tools.environment import ROOT

if TYPE_CHECKING:
    from primaire.rules.rule import Rule

SOURCE = ROOT / "src" / "primaire"
LOCALE = SOURCE / "locale"
KEYWORDS = {"msg": None, "msgn": (1, 2), "term": None}
TEXTS_OF_THE_DATA = ("status_note", "source", "note")

# Written by hand, because Babel's own header has dates and versions that change without any message having changed.
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: primaire\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def catalogue_paths() -> list[Path]:
    """Return the catalogues there are, one per language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/primaire.po"))


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language is, or would be."""
    return LOCALE / language / "LC_MESSAGES" / "primaire.po"


def messages_of_the_source() -> Catalog:
    """Return every message that the source marks with ``msg``, ``msgn`` or ``term``, and the files it stands in.

    To these belong the remarks of the data that ship, as the tables show them (those of one unit together), and what the
    rules that ship say in words.
    """
    catalogue = Catalog()
    found = extract_from_dir(
        SOURCE, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for file, line, message, comments, context in found:
        catalogue.add(message, locations=[(Path(file).as_posix(), line)], auto_comments=comments, context=context)
    for name, file in DATASETS.items():
        for _, returns in publications(name):
            columns = (returns.ballots[column].dropna().unique() for column in TEXTS_OF_THE_DATA)
            for text in (text for column in columns for text in column):
                catalogue.add(text, locations=[(f"data/{file}", 1)])
    for rule in shipped():
        for text in _texts_of(rule):
            catalogue.add(text, locations=[(f"rules/files/{rule.name}.toml", 1)])
    return catalogue


def _texts_of(rule: Rule) -> list[str]:
    """Return the words of a rule that answers repeat; an article that is a number has none."""
    expenses = rule.expenses
    parts = [part for one in rule.rounds for part in (one.elected, one.qualified, one.may_merge) if part is not None]
    stages = rule.seats.stages if rule.seats else ()
    articles = [part.article for part in (*parts, *stages, *([expenses] if expenses else []))]
    worded = [article for article in articles if article and re.search(r"[a-z]{4}|\blaw\b", article)]
    return [text for text in (rule.title, rule.law, rule.note, expenses and expenses.note, *worded) if text]


def read_catalogue(po: Path) -> Catalog:
    """Return a language's catalogue; an empty one where there is no file yet."""
    language = po.parts[-3]
    if not po.exists():
        return Catalog(locale=language)
    with po.open("rb") as file:
        return read_po(file, locale=language)


def updated(po: Path) -> bytes:
    """Return a language's catalogue as it should be written: the source's messages, in the source's order."""
    catalogue = read_catalogue(po)
    catalogue.update(messages_of_the_source())
    for message in catalogue:
        # What a sentence was before is read back as a remark, and has done its work once the translation is read again.
        if not message.fuzzy:
            message.user_comments = [remark for remark in message.user_comments if not remark.startswith("|")]
        # Babel takes the “% o” of “5 % of” for a placeholder, and gettext's tools would then ask for it.
        message.flags.discard("python-format")
        # Nor is there anything to read again where the sentence that this one resembles had no translation.
        if not any(forms(message.string or "")):
            message.flags.discard("fuzzy")
            message.previous_id = []
    body = BytesIO()
    write_po(
        body,
        catalogue,
        width=0,
        omit_header=True,
        sort_by_file=True,
        include_lineno=False,
        ignore_obsolete=True,
        include_previous=True,
    )
    header = _HEADER.format(language=Locale.parse(po.parts[-3]), plurals=catalogue.plural_forms)
    return header.encode() + body.getvalue()


def forms(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return the forms of a sentence or of its translation: one, or singular and plural."""
    return (value,) if isinstance(value, str) else tuple(value)


def compile_catalogue(po: Path) -> None:
    """Write what gettext reads beside a catalogue; what is not translated, or fuzzy, is left out."""
    with po.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_catalogue(po))


def main(languages: list[str]) -> None:
    for po in [catalogue_path(language) for language in languages] or catalogue_paths():
        content = updated(po)
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(content)
        compile_catalogue(po)
        messages = [message for message in read_catalogue(po) if message.id]
        missing = sum(not all(forms(message.string)) for message in messages)
        fuzzy = sum(message.fuzzy for message in messages)
        print(f"{po.parts[-3]}: {len(messages)} messages, {missing} to translate, {fuzzy} to read again")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The XML feed of the ministry's election nights to one long table: a row per place, round and candidate or list.

The feed's layout changed from year to year, its element names much less. So nothing is looked for at a fixed path: a
place is whatever holds a round with counts (``Mentions``) or votes (``NbVoix``), and the elements around it say where
that is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from primaire.errors import Problem, SourceError
from primaire.messages import msg, msgn
from primaire.sources.opening.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.sources.opening.content import Content

_LEVELS: Final = {
    "Election": "nation",
    "Region": "region",
    "Departement": "departement",
    "SectionElectorale": "departement",  # of regional elections
    "Circonscription": "constituency",
    "Canton": "canton",
    "Commune": "commune",
    "BureauVote": "station",
    "Bureau": "station",
}

_PLACE: Final = {
    "Tour": ("NumTour",),
    "Code de la région": ("CodReg",),
    "Libellé de la région": ("LibReg",),
    "Code du département": ("CodDpt", "CodMinDpt", "CodDpt3Car"),
    "Libellé du département": ("LibDpt", "LibSecElec"),
    "Code de la section": ("CodSecElec",),
    "Code de la circonscription": ("CodCirElec", "CodCirLg"),
    "Libellé de la circonscription": ("LibCirElec", "LibCirLg"),
    "Code du canton": ("CodCan",),
    "Libellé du canton": ("LibCan",),
    "Code de la commune": ("CodSubCom", "CodCom"),
    "Libellé de la commune": ("LibSubCom", "LibCom"),
    "Code du b.vote": ("CodBurVot", "CodBV"),
}
"""Which elements around the counts fill a column; the first that is there."""

_COUNTS: Final = {
    "Inscrits": ("Inscrits", {}),
    "Abstentions": ("Abstentions", {"% Abs/Ins": "RapportInscrit"}),
    "Votants": ("Votants", {"% Vot/Ins": "RapportInscrit"}),
    "Blancs": ("Blancs", {"% Blancs/Ins": "RapportInscrit", "% Blancs/Vot": "RapportVotant"}),
    "Nuls": ("Nuls", {"% Nuls/Ins": "RapportInscrit", "% Nuls/Vot": "RapportVotant"}),
    "Blancs et nuls": ("BlancsOuNuls", {"% BlNuls/Ins": "RapportInscrit", "% BlNuls/Vot": "RapportVotant"}),
    "Exprimés": ("Exprimes", {"% Exp/Ins": "RapportInscrit", "% Exp/Vot": "RapportVotant"}),
}
"""For each count its element below ``Mentions``, and the percentages that stand in it (2024 and later: with an s)."""

_CANDIDATE: Final = {
    "N°Panneau": ("NumPanneauCand", "NumPanneauListe", "NumListe", "NumPanneau"),
    "Nuance": ("CodNuaCand", "CodNuaListe", "CodNua", "LibNuaCand", "LibNuaListe", "LibNua"),
    "Nom": ("NomPsn", "NomTeteListe"),
    "Prénom": ("PrenomPsn", "PrePsn", "PrenomTeteListe", "PreTeteListe"),
    "Liste": ("NomListe", "LibLisExt", "NomCompListe"),
    "Voix": ("NbVoix",),
    "% Voix/Ins": ("RapportInscrit", "RapportInscrits"),
    "% Voix/Exp": ("RapportExprime", "RapportExprimes"),
    "Elu": ("Elu",),
    "Sièges": ("NbSieges", "NbSiegesObtenus"),
}

_DEEPEST: Final = 60

Facts = dict[str, str]


def is_xml(data: bytes) -> bool:
    """Return whether bytes are XML: an element or an XML declaration comes first, and it is no web page.

    >>> is_xml(b"<?xml version='1.0'?><Election/>"), is_xml(b"<html>404</html>"), is_xml(b"a;b")
    (True, False, False)
    """
    start = data[:256].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return bool(re.match(rb"<(\?xml|!--|!doctype|[a-z])", start)) and not re.match(rb"<(!doctype )?html", start)


def read_feed(content: Content) -> Sheet:
    """Return a file of the feed as a table with the ministry's own headers, a row per place, round and candidate.

    The counts of a place stand on each of its rows; percentages and codes are as published. ``Niveau`` says which level
    the counts belong to. A city and its arrondissements are all there (056 beside 056AR01). Columns that are empty
    throughout are left out. A file without counts, such as an index, gives no row, not even a header, and a remark.

    Raises:
        SourceError: XML that is malformed, cut short, declares entities, or is not this feed.
    """
    root = _root_name(content)
    if root != "Election":
        raise SourceError(
            msg("“{name}” is XML, but not the ministry's feed: it begins with “{root}”.", name=content.name, root=root),
            expected=msg("A file of the feed begins with “Election”."),
            remedy=msg("Save the results as CSV, and name that file."),
        )
    try:
        election = ET.fromstring(content.data)  # noqa: S314 (_root_name refused entities)
    except (ET.ParseError, LookupError, ValueError) as error:
        raise _malformed(content, error) from error
    reading = _Reading(content)
    records = list(reading.places(election, {"Élection": _title(election)}, 0))
    headers = ["Élection", *_PLACE, "Niveau", *(name for count in _COUNTS for name in (count, *_COUNTS[count][1]))]
    return _sheet([*headers, *_CANDIDATE], records, reading.pending)


@dataclass
class _Reading:
    """One file while it is read; ``pending`` counts the rounds that hold nothing yet."""

    content: Content
    pending: int = 0

    def places(self, element: ET.Element, around: Facts, depth: int) -> Iterator[Facts]:
        """Yield a record for each candidate of each place in an element; ``around`` is what the elements around say."""
        if depth > _DEEPEST:
            raise SourceError(msg("“{name}” is XML nested too deeply for the ministry's feed.", name=self.content.name))
        here = around | {child.tag: _text(child) for child in element if not len(child) and _text(child)}
        if element.tag in _LEVELS:
            here["Niveau"] = _LEVELS[element.tag]
        if element.tag == "Tour" or element.find("Mentions") is not None:
            yield from self.round(element, here)
        for child in element:
            if len(child) and child.tag not in ("Mentions", "Resultats"):
                yield from self.places(child, here, depth + 1)

    def round(self, tour: ET.Element, here: Facts) -> Iterator[Facts]:
        mentions = tour.find("Mentions")
        candidates = list(_candidates(tour))
        if mentions is None and not candidates:
            self.pending += 1
            return
        unit = {name: here[name] for name in ("Élection", "Niveau")} | _picked(_PLACE, here)
        counts = {} if mentions is None else _counts(mentions)
        for candidate in candidates or [{}]:
            yield unit | counts | candidate


def _candidates(tour: ET.Element) -> Iterator[Facts]:
    """Yield what has votes in a round; totals of nuances only where nothing else has."""
    parts = [part for part in tour if part.tag.removesuffix("s") not in _LEVELS]
    found = [element for part in parts for element in part.iter() if element.find("NbVoix") is not None]
    single = [element for element in found if element.tag != "Nuance"]
    for element in single or found:
        facts = _picked(_CANDIDATE, {child.tag: _text(child) for child in element if not len(child)})
        if not {"Nom", "Liste"} & facts.keys():
            facts |= _pair(element)
        yield facts


def _pair(element: ET.Element) -> Facts:
    """Return the name of a pair, or of any other candidate whose name stands deeper in: people joined by “et”."""
    people = [
        _picked(_CANDIDATE, {child.tag: _text(child) for child in person})
        for person in element.iter()
        if person is not element and person.find("NomPsn") is not None
    ]
    names = [" ".join(person[part] for part in ("Prénom", "Nom") if part in person) for person in people]
    return {"Nom": " et ".join(names)} if names else {}


def _counts(mentions: ET.Element) -> Facts:
    facts: Facts = {}
    for header, (tag, shares) in _COUNTS.items():
        count = mentions.find(tag)
        if count is None:
            continue
        # Where there is no percentage to print, the number may stand in the element itself.
        facts[header] = _text(count.find("Nombre") if len(count) else count)
        for share, base in shares.items():
            printed = count.find(base) if count.find(base) is not None else count.find(f"{base}s")
            facts[share] = _text(printed)
    return facts


def _picked(columns: dict[str, tuple[str, ...]], facts: Facts) -> Facts:
    found = {header: next((facts[tag] for tag in tags if facts.get(tag)), "") for header, tags in columns.items()}
    return {header: text for header, text in found.items() if text}


def _text(element: ET.Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _title(election: ET.Element) -> str:
    parts = (_text(election.find(f".//Scrutin/{tag}")) for tag in ("Type", "Annee"))
    return " ".join(part for part in parts if part)


def _sheet(headers: list[str], records: list[Facts], pending: int) -> Sheet:
    if not records:
        return Sheet([], remarks=(msg("there are no counts in it: results have not come in, or it is an index"),))
    filled = [header for header in headers if any(record.get(header) for record in records)]
    rows = [filled, *([record.get(header, "") for header in filled] for record in records)]
    remark = msgn(
        "the results of {n} place and round have not come in",
        "the results of {n:count} places and rounds have not come in",
        pending,
    )
    return Sheet(rows, remarks=(remark,) if pending else ())


class _Found(Exception):  # noqa: N818 (no error: the end of a search)
    pass


def _root_name(content: Content) -> str:
    """Return the name of the first element. What comes before it may declare entities, which are refused."""
    parser = expat.ParserCreate()
    root = ""

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal root
        root = tag
        raise _Found

    def declared(*_declaration: object) -> None:
        raise SourceError(
            msg("“{name}” declares XML entities, which the ministry's feed never does.", name=content.name),
            remedy=msg("Nothing of it was read: get the file from the ministry."),
        )

    parser.StartElementHandler = start
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content.data, True)
    except _Found:
        return root
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise _malformed(content, error) from error
    raise AssertionError("XML without an element is malformed")  # pragma: no cover


def _malformed(content: Content, error: Exception) -> SourceError:
    line = getattr(error, "lineno", None) or getattr(error, "position", (None,))[0]
    reason = re.sub(r": line \d+, column \d+", "", str(error))
    return SourceError(
        msg("“{name}” is XML that is malformed or cut short.", name=content.name),
        remedy=msg("Download or copy it again."),
        problems=(Problem(msg("reading stopped here ({reason})", reason=reason), content.name, line),),
    )

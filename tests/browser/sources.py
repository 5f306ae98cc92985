"""What the pages are of: places whose order is known by hand, and names that would act, if anything let them."""

from __future__ import annotations

import csv
import io
import json

PLACES = [
    ("Zuydcoote", 90, 60),
    ("Étampes", 1200, 30),
    ("abbeville", 800, 55),
    ("Eu", None, 20),
    ("Œuilly", 1000, 45),
    ("Ham", 95, 70),
    ("Évry 10", 700, 41),
    ("Évry 9", 701, 42),
    ("Saint-Denis", 650, 43),
    ("Saint Dizier", 651, 44),
    *((f"Ville {number}", 300 + number, 50) for number in range(1, 12)),
]
"""Name, registered voters (None: not published), and the share of the first of two candidates, of 20 valid votes each."""

NASTY = [
    "<script>alert(1)</script>",
    "</style><b>bold",
    "]]>",
    '"onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "&lt;&amp;",
    "\u202egauche",
    "a\x07b",
    "{candidate}",
    "${alert(1)}",
    "<svg onload=alert(1)>",
    "--><!--",
    "N" * 80,
]
SHOWN = {"\u202egauche": r"\u202egauche", "a\x07b": r"a\x07b"}
"""How a name is shown that could not be read otherwise."""


def places_source() -> str:
    rows = [
        "election,round,contest,level,unit,commune_code,commune,departement_code,registered,voters,valid,candidate,votes"
    ]
    for at, (name, registered, share) in enumerate(PLACES):
        for candidate, votes in (("Ada", share), ("Bea", 100 - share)):
            rows.append(
                f"Vote,1,Pays,commune,{name},{_code(at)},{name},59,{registered or ''},100,100,{candidate},{votes}"
            )
    return "\n".join(rows) + "\n"


def contests_source() -> str:
    """Forty constituencies, each with a contradiction in it, the third a tie at the top."""
    rows = ["election,date,round,contest,level,registered,voters,valid,candidate,label,votes"]
    for at in range(1, 41):
        for name, label, votes in (("Ada", "REM", 300), ("Béa", "LR", 300 if at == 3 else 150), ("Cal", "FI", 50)):
            rows.append(
                f"Législatives 2017,2017-06-11,1,78-{at},constituency,1000,{700 + at},{650 + at},{name} {at},{label},{votes}"
            )
    return "\n".join(rows) + "\n"


def outlines() -> str:
    """A square for each place, in a row, as GeoJSON."""
    squares = [
        [[x, 46], [x + 0.1, 46], [x + 0.1, 46.1], [x, 46.1], [x, 46]] for x in (at / 10 for at in range(len(PLACES)))
    ]
    features = [
        {"type": "Feature", "properties": {"code": _code(at)}, "geometry": {"type": "Polygon", "coordinates": [square]}}
        for at, square in enumerate(squares)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _code(at: int) -> str:
    return f"59{at + 1:03}"


def nasty_source() -> str:
    """Every name of the data is nasty: candidates, election, contest, units, sources and notes."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["election", "contest", "round", "unit", "candidate", "label", "votes", "source", "note"])
    for round_ in (1, 2):
        for unit in ("</title><script>alert(2)</script>", '"><u>unit'):
            for votes, name in enumerate(NASTY, 10):
                label = "<i>"
                rows.writerow(
                    ["<h1>Vote</h1>", "</caption>x", round_, unit, name, label, votes * round_, "<a href=x>", "--><b>"]
                )
    return file.getvalue()

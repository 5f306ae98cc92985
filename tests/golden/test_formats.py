"""Every format of one nasty table, byte by byte; and what a person wrote down beforehand about the lines that matter.

After a change that is meant: look at the difference, then ``pytest tests/golden --snapshot-update``.
"""

import csv
import io
import json
import re

import duckdb
import openpyxl
import pytest
from rich.cells import cell_len
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from primaire.render import FORMATS, render_as
from primaire.render.safe import printable
from primaire.render.terminal import print_table, text

HARD, NARROW = "\xa0", "\u202f"
LONG = "Liste d’union de la gauche écologiste, citoyenne et solidaire pour Conflans 2020"
LANGUAGES = ["en", "fr"]
PEOPLE = [name for name, entry in FORMATS.items() if entry.audience == "people"]
EXTENSIONS = {name: (entry.extensions or (".txt",))[0].removeprefix(".") for name, entry in FORMATS.items()}
GOLDEN = {
    extension: type("Golden", (SingleFileSnapshotExtension,), {"file_extension": extension})
    for extension in {*EXTENSIONS.values(), "ansi"}
}


@pytest.fixture(autouse=True)
def _one_version(monkeypatch):
    monkeypatch.setattr("primaire.render.records.VERSION", "1.2.3")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PEOPLE)
def test_formats_for_people(nasty, languages, snapshot, name, language):
    assert render_as(nasty, name, languages[language]) == snapshot.use_extension(GOLDEN[EXTENSIONS[name]])


@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_formats_for_machines(nasty, languages, snapshot, name):
    assert render_as(nasty, name, languages["fr"]) == snapshot.use_extension(GOLDEN[EXTENSIONS[name]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [30, 40, 80, 200])
def test_terminals(nasty, languages, snapshot, width, language):
    shown = text(nasty, languages[language], width=width)
    assert max(map(cell_len, shown.splitlines())) <= width
    assert shown.encode() == snapshot.use_extension(GOLDEN["txt"])


def test_a_terminal_in_colour(nasty, languages, snapshot):
    stream = io.StringIO()
    print_table(nasty, languages["en"], stream=stream, width=80, colour=True)
    assert stream.getvalue().encode() == snapshot.use_extension(GOLDEN["ansi"])


def test_a_terminal_in_ascii(nasty, languages, snapshot):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    print_table(nasty, languages["fr"], stream=stream, width=80, colour=False)
    stream.flush()
    assert raw.getvalue() == snapshot.use_extension(GOLDEN["txt"])


# What the lines that matter must be, written by hand from the values in conftest.py.

THIRD = {"en": "33.33%", "fr": f"33,33{HARD}%"}
VOTES = {"en": "1,473†", "fr": f"1{NARROW}473†"}
RANGE = {"en": "33.10%–33.90%", "fr": f"33,10{HARD}%–33,90{HARD}%"}
POINTS = {"en": "−12.35", "fr": "−12,35"}  # -12.345 is a tie: away from zero
FACTOR = {"en": "×1.50", "fr": "×1,50"}
MOVEMENT = {"en": "stayed", "fr": "maintenu"}


def first_row(language: str) -> list[str]:
    told = [VOTES, THIRD, RANGE, POINTS, FACTOR, MOVEMENT]
    return ["Élodie Œuvrard-N’Guyen", "SOC", *(words[language] for words in told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_hand_text_in_columns(nasty, languages, language):
    for name in ("table", "plain"):
        lines = render_as(nasty, name, languages[language]).decode().splitlines()
        row = next(line for line in lines if line.startswith("Élodie") and "SOC" in line)
        assert re.split(" {2,}", row.replace(f"†{HARD}", "†"))[:8] == first_row(language)
        assert any(line.startswith(r"[red]bold[/red] \x1b[31m\u202egauche\n") for line in lines)
        assert any(line.startswith(f"{LONG}  DVG") for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_hand_markdown(nasty, languages, language):
    lines = render_as(nasty, "markdown", languages[language]).decode().splitlines()
    rows = [[cell.strip(" ") for cell in line.strip("|").split(" | ")] for line in lines]
    assert first_row(language) in rows
    names = [row[0] for row in rows]
    assert r'Jean "Jojo" \| Dupont &amp; Fils' in names
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in names
    assert r"100 % \$x\_\{2\}^2\$ \\textbf\{#1\} \~ \`c\` \*i\* \[l\](u)" in names
    assert r"\[red\]bold\[/red\] \\x1b\[31m\\u202egauche\\n" in names
    assert r"- 1\. \[x\] = -1" in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_hand_latex(nasty, languages, language):
    lines = [" ".join(line.split(" ")) for line in render_as(nasty, "latex", languages[language]).decode().splitlines()]
    rows = [[cell.strip(" ") for cell in line.removesuffix(r" \\").split(" & ")] for line in lines]
    written = {
        "en": [r"1,473\dag{}", r"33.33\%", r"33.10\%--33.90\%", "$-$12.35", r"$\times$1.50", "stayed"],
        "fr": [r"1\,473\dag{}", r"33,33~\%", r"33,10~\%--33,90~\%", "$-$12,35", r"$\times$1,50", "maintenu"],
    }
    assert ["Élodie Œuvrard-N’Guyen", "SOC", *written[language]] in rows
    names = [row[0] for row in rows]
    assert r"\textless{}script\textgreater{}alert(1)\textless{}/script\textgreater{}" in names
    assert r"{[}red]bold{[}/red] \textbackslash{}x1b{[}31m\textbackslash{}u202egauche\textbackslash{}n" in names
    assert any(r"Jean \textquotedbl{}Jojo\textquotedbl{} \textbar{} Dupont \& Fils" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_hand_html(nasty, languages, language):
    page = render_as(nasty, "html", languages[language]).decode()
    name, label, *numbers, movement = first_row(language)
    cells = "".join(f'<td class="n">{number}</td>' for number in numbers)
    assert f'<tr><th scope="row">{name}</th><td>{label}</td>{cells}<td>{movement}</td></tr>' in page
    assert '<th scope="row">&lt;script&gt;alert(1)&lt;/script&gt;</th>' in page
    assert '<th scope="row">Jean &quot;Jojo&quot; | Dupont &amp; Fils</th>' in page
    assert "<h1>Résultats &lt;b&gt;&amp; écarts&lt;/b&gt;</h1>" in page
    assert "<script" not in page


def test_by_hand_csv(nasty, languages):
    lines = render_as(nasty, "csv", languages["en"]).decode().split("\n")
    assert (
        lines[1]
        == "1,Élodie Œuvrard-N’Guyen,SOC,1473,reconstructed,33.333333333333336,,,33.1,33.9,-12.345,1.5,stayed,true,2017-01-22,,1473,"
    )
    assert lines[2].startswith('1,"Jean ""Jojo"" | Dupont & Fils",,0,,0.0,approximate,1,0.0,0.0,0.0,,')
    assert lines[5].startswith(r"1,[red]bold[/red] \x1b[31m\u202egauche\n,'+33,1000000,")
    assert lines[6].startswith("1,'=1+1,'@x,7,approximate,2.675,,,2.6,2.7,100.0,0.5,new,")
    assert lines[8] == "1,,,,reconstructed,,approximate,,,,,,,true,2017-01-22,,1473,"
    assert lines[11:] == [""]


# The binary formats hold what the csv holds, cell by cell.


def in_csv(value: object) -> str:
    """What csv makes of a value read back from another format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = printable(value)
        return f"'{shown}" if shown[:1] in {"=", "+", "-", "@"} else shown
    return repr(value)


def csv_rows(nasty, languages) -> list[list[str]]:
    return list(csv.reader(io.StringIO(render_as(nasty, "csv", languages["en"]).decode())))


def test_xlsx_agrees_with_csv(nasty, languages):
    book = openpyxl.load_workbook(io.BytesIO(render_as(nasty, "xlsx", languages["en"])))
    real = {column.name for column in nasty.columns if column.kind in {"share", "points", "factor"}}
    header, *rows = csv_rows(nasty, languages)
    read = list(book["data"].iter_rows(values_only=True))
    assert list(read[0]) == header
    # A sheet knows one kind of number, so 50.0 comes back as 50.
    numbers = [
        [float(value) if name in real and value is not None else value for name, value in zip(header, row, strict=True)]
        for row in read[1:]
    ]
    assert [[in_csv(value) for value in row] for row in numbers] == rows


def test_parquet_agrees_with_csv(nasty, languages, tmp_path):
    path = tmp_path / "nasty.parquet"
    path.write_bytes(render_as(nasty, "parquet", languages["en"]))
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        header = [column[0] for column in found.description or []]
        read = found.fetchall()
    assert [header, *([in_csv(value) for value in row] for row in read)] == csv_rows(nasty, languages)


def test_json_agrees_with_csv(nasty, languages):
    rows = json.loads(render_as(nasty, "json", languages["en"]))["rows"]
    assert [list(rows[0]), *([in_csv(value) for value in row.values()] for row in rows)] == csv_rows(nasty, languages)


def test_the_long_name_is_long(nasty):
    assert len(LONG) == 80
    assert LONG in set(nasty.frame["candidate"])

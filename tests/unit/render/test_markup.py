"""Markdown, LaTeX, HTML and plain text: structure, and data that stays text."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from primaire.messages import msg
from primaire.render.latex import latex
from primaire.render.markdown import _inline, markdown
from primaire.render.plain import plain
from primaire.render.webpage import html
from primaire.table import Column, Section

NAME = Column("candidate", "Candidate", "text")
VOTES = Column("votes", "Votes", "count", origin="origin")
ORIGIN = Column("origin", "How known", "term", place="hidden")
VOTERS = Column("voters", "Voters", "count", place="foot")
TURNOUT = Column("turnout", "of registered", "share", place="foot", beside="voters")


@pytest.fixture
def primary(make):
    return make(
        (NAME, ["Hamon", "Valls & fils"]),
        (VOTES, [1404, 12]),
        (ORIGIN, ["reconstructed", None]),
        (VOTERS, [1473] * 2),
        (TURNOUT, [57.16] * 2),
        sections=(Section(msg("Round 1"), 0, 2, msg("22 January"), msg("Hamon leads."), (msg("Of the section."),)),),
        notes=(msg("Of all."),),
    )


def test_plain_text_is_in_columns_and_uncut(primary, english):
    assert plain(primary, english).decode().splitlines() == [
        "Test",
        "====",
        "",
        "Round 1",
        "22 January",
        "",
        "Hamon leads.",
        "",
        "Candidate       Votes",
        "------------  -------",
        "Hamon          1,404†",
        "Valls & fils       12",
        "",
        "Voters  1,473  57.16%  of registered",
        "",
        "Of the section.",
        "",
        "Of all.",
        "",
        "† reconstructed: worked out from the published percentages",
    ]


def test_plain_text_lines_up_wide_characters(make, english):
    table = make((NAME, ["漢字", "abcd"]), (Column("votes", "Votes", "count"), [1, 22]))
    first, second = plain(table, english).decode().splitlines()[-2:]
    # Each of the two characters takes the room of two letters.
    assert first.index("1") + 2 == second.index("22") + 1


def test_markdown_has_headings_pipe_tables_and_lists(primary, english):
    lines = markdown(primary, english).decode().splitlines()
    assert lines[:7] == ["# Test", "", "## Round 1", "", "*22 January*", "", "Hamon leads."]
    assert [line.replace(" ", "") for line in lines[8:12]] == [
        "|Candidate|Votes|",
        "|:-----------------|--------:|",
        "|Hamon|1,404†|",
        "|Valls&amp;fils|12|",
    ]
    assert lines[13].replace(" ", "") == "|||||"
    assert lines[15].replace(" ", "") == "|Voters|1,473|57.16%|ofregistered|"
    assert lines[17:] == [
        "- Of the section.",
        "",
        "---",
        "",
        "- Of all.",
        "- † reconstructed: worked out from the published percentages",
    ]


def rendered(tokens: list[Token]) -> list[str]:
    """The texts that a reader sees, one for each block or cell."""
    return ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]


AWKWARD = [
    r"a|b \ `c` *d* _e_ [f](g) <h> &amp; ~~i~~ $j$ {k}",
    "- item",
    "+ item",
    "# heading",
    "1. item",
    "2) item",
    "=== underline",
    "> quote",
    "![image](x)",
    "<script>alert(1)</script>",
    "***",
    "---",
    "http_://x_y_",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_markdown_shows_any_text_as_it_is(make, english, text):
    # An independent reader of CommonMark with GitHub's tables is asked what it shows.
    table = make((NAME, [text, "x"]), title=msg("{x}", x=text), notes=(msg("{x}", x=text),))
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse(markdown(table, english).decode())
    assert rendered(tokens) == [text, "Candidate", text, "x", text]
    assert [token.type for token in tokens if token.type.endswith("_open")].count("bullet_list_open") == 1


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_markdown_cells_hold_any_text(text):
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assert rendered(reader.parse(f"| {_inline(text)} |\n|:--|\n| x |"))[0] == text


def test_latex_has_a_float_with_booktabs_rules(primary, english):
    lines = [" ".join(line.split()) for line in latex(primary, english).decode().splitlines()]
    assert lines == [
        r"% needs \usepackage{booktabs} and, except with LuaLaTeX and XeLaTeX, \usepackage[T1]{fontenc}",
        "",
        r"\subsection*{Test}",
        "",
        r"\begin{table}",
        r"\caption{Round 1 -- 22 January}",
        r"\centering",
        r"Hamon leads.\par\medskip",
        r"\begin{tabular}{lr}",
        r"\toprule",
        r"Candidate & Votes \\",
        r"\midrule",
        r"Hamon & 1,404\dag{} \\",
        r"Valls \& fils & 12 \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\par\medskip",
        r"\begin{tabular}{lrrl}",
        r"Voters & 1,473 & 57.16\% & of registered \\",
        r"\end{tabular}",
        r"\par\smallskip{\small Of the section.}",
        r"\end{table}",
        "",
        "Of all.",
        "",
        r"\dag{} reconstructed: worked out from the published percentages",
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50 % & $5 #1 a_b {c} ~ ^", r"50 \% \& \$5 \#1 a\_b \{c\} \textasciitilde{} \textasciicircum{}"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("[4cm] *", "{[}4cm] {*}"),
        (
            '<a> | "b" `c`',
            r"\textless{}a\textgreater{} \textbar{} \textquotedbl{}b\textquotedbl{} \textasciigrave{}c\textasciigrave{}",
        ),
        ("a--b ''c'' ,,d", "a-{}-b '{}'c'{}' ,{},d"),
        ("---", "-{}-{}-"),
        ("a – b", "a -- b"),
        ("1\u202f473 35\xa0% ≈ × −", r"1\,473 35~\% $\approx$ $\times$ $-$"),
    ],
)
def test_latex_escapes_what_it_would_obey(make, english, text, escaped):
    # A column of notes, so that tabulate's padding is not in the way.
    table = make((NAME, ["x"]), notes=(msg("{x}", x=text),))
    assert latex(table, english).decode().splitlines()[-1] == escaped


class Reader(HTMLParser):
    """Collects the tags, and the text of each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {attrs}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_html_is_a_complete_document_with_headers_for_rows_and_columns(primary, french):
    page = html(primary, french).decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n')
    for piece in [
        "<title>Test</title>",
        "<h1>Test</h1>",
        '<caption>\n<h2 id="part-1">Round 1</h2>\n<p class="quiet">22 January</p>\n<p>Hamon leads.</p>\n</caption>',
        '<tr><th scope="col">Candidate</th><th scope="col" class="n">Votes</th></tr>',
        '<tr><th scope="row">Hamon</th><td class="n">1\u202f404†</td></tr>',
        '<tr><th scope="row">Valls &amp; fils</th><td class="n">12</td></tr>',
        '<td class="n">57,16\xa0%</td><td>of registered</td>',
        '<p class="quiet">Of the section.</p>\n</section>',
        '<p class="quiet">Of all.</p>',
    ]:
        assert piece in page
    assert page.endswith("</body>\n</html>\n")


def test_the_name_heads_the_row_after_a_rank(make, english):
    page = html(make((Column("rank", "#", "count"), [1]), (NAME, ["Hamon"])), english).decode()
    assert '<tr><td class="n">1</td><th scope="row">Hamon</th></tr>' in page


@pytest.mark.parametrize("text", AWKWARD)
def test_html_shows_any_text_and_obeys_none(make, english, text):
    readers = [Reader(), Reader()]
    for reader, name in zip(readers, ["harmless", text], strict=True):
        reader.feed(html(make((NAME, [name]), title=msg("{x}", x=name), notes=(msg("{x}", x=name),)), english).decode())
        reader.close()
    harmless, awkward = readers
    assert awkward.tags == harmless.tags
    assert awkward.texts == [text if shown == "harmless" else shown for shown in harmless.texts]


@pytest.mark.parametrize("render", [plain, markdown, latex, html])
def test_a_table_of_figures_alone_shows_them(make, english, render: Callable[..., bytes]):
    shown = render(make((VOTERS, [1473]), (TURNOUT, [57.16])), english).decode()
    assert "1,473" in shown
    assert "57.16" in shown


@pytest.mark.parametrize("render", [plain, markdown, latex, html])
def test_an_empty_table_has_its_headings_and_says_so(make, english, render: Callable[..., bytes]):
    shown = render(make((NAME, []), (Column("share", "Share", "share"), [])), english).decode()
    assert "Candidate" in shown
    assert "Share" in shown
    assert "No rows." in shown


@pytest.mark.parametrize("render", [plain, markdown, latex, html])
def test_text_ends_with_one_line_end_and_has_no_control_characters(primary, english, render: Callable[..., bytes]):
    shown = render(primary, english).decode()
    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")
    assert all(character.isprintable() or character == "\n" for character in shown)

"""The format ``latex``: a float with booktabs rules for each section, to be put into a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tabulate import DataRow, Line, TableFormat, tabulate

from primaire.render.document import Document, Grid, Part, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.render.language import Language
    from primaire.table import Table

_PREAMBLE = r"% needs \usepackage{booktabs} and, except with LuaLaTeX and XeLaTeX, \usepackage[T1]{fontenc}"

_SIGNS = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "`": r"\textasciigrave{}",
        "[": "{[}",  # after a row's end it would open an option,
        "*": "{*}",  # and this would be its star
        "\u202f": r"\,",
        "\xa0": "~",
        "†": r"\dag{}",
        "≈": r"$\approx$",
        "→": r"$\to$",
        "×": r"$\times$",
        "−": "$-$",
        "–": "--",
        "—": "---",
        "…": r"\dots{}",
        "€": r"\texteuro{}",
    }
)
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")  # -- would become a dash, '' and ,, quotes

_TABULAR = TableFormat(
    lineabove=None,
    linebelowheader=Line(r"\midrule", "", "", ""),
    linebetweenrows=None,
    linebelow=None,
    headerrow=DataRow("", "&", r"\\"),
    datarow=DataRow("", "&", r"\\"),
    padding=1,
    with_header_hide=None,
)


def latex(table: Table, language: Language) -> bytes:
    """Return a table as LaTeX: a ``table`` float for each section, and the notes as paragraphs."""
    return ("\n\n".join(filter(None, _blocks(document(table, language)))) + "\n").encode()


def _blocks(read: Document) -> Iterator[str]:
    yield _PREAMBLE
    if read.heading:
        yield rf"\subsection*{{{_escape(read.heading)}}}"
    for part in read.parts:
        yield "\n".join(_float(part))
    yield from map(_escape, (*read.notes, *read.legend))


def _float(part: Part) -> Iterator[str]:
    yield r"\begin{table}"
    yield rf"\caption{{{_escape(' – '.join(filter(None, (part.title, part.subtitle))))}}}"
    yield r"\centering"
    if part.lead:
        yield rf"{_escape(part.lead)}\par\medskip"
    if part.body.headings:
        yield from (*_begin(part.body), r"\toprule", _rows(part.body), r"\bottomrule", r"\end{tabular}")
    if part.foot.rows:
        yield from (r"\par\medskip", *_begin(part.foot), _rows(part.foot), r"\end{tabular}")
    for note in part.notes:
        yield rf"\par\smallskip{{\small {_escape(note)}}}"
    yield r"\end{table}"


def _begin(grid: Grid) -> Iterator[str]:
    yield rf"\begin{{tabular}}{{{''.join('r' if numeric else 'l' for numeric in grid.numeric)}}}"


def _rows(grid: Grid) -> str:
    return tabulate(
        [[_escape(cell) for cell in row] for row in grid.rows],
        headers=[_escape(heading) for heading in grid.headings],
        tablefmt=_TABULAR,
        colalign=["right" if numeric else "left" for numeric in grid.numeric],
        disable_numparse=True,
    )


def _escape(text: str) -> str:
    return "{}".join(piece.translate(_SIGNS) for piece in _LIGATURE.split(text))

"""Results: candidates by rank with votes and shares, then the ballots, per contest and round."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from primaire.captions import HEADING, Caption, captions, count_columns, heading, origin_notes, roll_note
from primaire.errors import NameUnknownError, NotHeldError
from primaire.exact import HUNDRED
from primaire.messages import Message, msg, term
from primaire.schema import BASES, Returns
from primaire.scores import scores
from primaire.table import Column, Section, Table
from primaire.tally import tally

_SHARE_LABELS = {"valid": term("% of valid"), "voters": term("% of voters"), "registered": term("% of registered")}
_NOT_PUBLISHED = term("not published")


def results(returns: Returns, *, base: str = "valid", by: str = "contest") -> Table:
    """Show who got what: every candidate's votes and shares, by rank, with the ballots of the contest.

    Args:
        returns: as read; what follows from the published figures is derived here.
        base: the base whose share leads: ``valid``, ``voters`` or ``registered``.
        by: what units are added up by; see :data:`primaire.tally.BY`.

    Returns:
        One row per election, round, contest (or place) and candidate. Shares are percentages of the base in their name,
        0 to 100, NA where that base or the votes are not known. The ballot figures repeat on each row of a contest:
        ``turnout`` and ``abstention_share`` are percentages of registered, the others of voters.

    Raises:
        NameUnknownError: ``base`` or ``by`` is not one of those that exist.
        NotHeldError: the base is published nowhere in the data.
    """
    if base not in BASES:
        raise NameUnknownError(msg("There is no base “{base}”.", base=base), expected=msg("The bases are: {bases}.", bases=list(BASES)))
    figures = tally(returns, by)
    rows = scores(figures)
    _refuse_unknown_base(rows, base)
    told = list(captions(figures))
    columns = (*HEADING, *_columns(base))
    frame = heading(told, _with_ballots(figures, rows))
    return Table(
        name="results",
        title=msg("Results"),
        frame=frame[[column.name for column in columns]],
        columns=columns,
        sections=tuple(_sections(figures, rows, told, base)),
        provenance=figures.provenance,
        bar=f"share_{base}",
    )


def _refuse_unknown_base(rows: pd.DataFrame, base: str) -> None:
    if rows[f"share_{base}"].isna().all() and base != "valid":
        held = [name for name in BASES if rows[f"share_{name}"].notna().any()]
        raise NotHeldError(
            msg("Shares of {base:term} cannot be computed: that count is not published for any of these contests.", base=base),
            expected=msg("Known bases here: {held}.", held=held),
            remedy=msg("Leave --base out, or choose one of these."),
        )


def _with_ballots(figures: Returns, rows: pd.DataFrame) -> pd.DataFrame:
    ballots = figures.ballots.drop(columns=[column.name for column in HEADING if column.name in figures.ballots])
    ballots = ballots.assign(**_rates(figures.ballots))
    return pd.concat([rows, ballots.take(rows["ballot"].to_numpy()).set_axis(rows.index)], axis=1)


def _rates(ballots: pd.DataFrame) -> dict[str, pd.Series[float]]:
    registered, voters = ballots["registered"], ballots["voters"]
    abstention = (registered - voters).where(registered >= voters)
    return {
        "turnout": _percent(voters, registered),
        "abstention": abstention,
        "abstention_share": _percent(abstention, registered),
        **{f"{count}_share": _percent(ballots[count], voters) for count in ("blank", "null", "blank_null", "valid")},
    }


def _percent(part: pd.Series[int], whole: pd.Series[int]) -> pd.Series[float]:
    return (part * HUNDRED / whole.where(whole > 0)).astype("Float64")


def _columns(base: str) -> tuple[Column, ...]:
    bases = (base, *(other for other in BASES if other != base))
    shares = [
        column
        for name in bases
        for column in (
            Column(
                f"share_{name}",
                _SHARE_LABELS[name],
                "share",
                missing=term("–") if name == base else None,
                origin=f"share_{name}_origin",
                places=f"share_{name}_decimals",
            ),
            Column(f"share_{name}_origin", term("how known"), "term", place="hidden"),
            Column(f"share_{name}_decimals", term("decimals published"), "count", place="hidden"),
        )
    ]
    return (
        Column("rank", term("#"), "count"),
        Column("candidate", term("candidate"), "text"),
        Column("label", term("label"), "text", missing=None),
        Column("votes", term("votes"), "count", origin="votes_origin"),
        Column("votes_origin", term("how known"), "term", place="hidden"),
        *shares,
        *count_columns("registered", term("Registered"), _NOT_PUBLISHED),
        *count_columns("voters", term("Voters"), _NOT_PUBLISHED),
        Column("turnout", term("Turnout"), "share", place="foot", missing=term("not computable")),
        Column("abstention", term("Abstention"), "count", place="foot", missing=None),
        Column("abstention_share", term("of registered"), "share", place="foot", beside="abstention", missing=None),
        *count_columns("blank", term("Blank"), None),
        Column("blank_share", term("of voters"), "share", place="foot", beside="blank", missing=None),
        *count_columns("null", term("Null"), None),
        Column("null_share", term("of voters"), "share", place="foot", beside="null", missing=None),
        *count_columns("blank_null", term("Blank and null"), _NOT_PUBLISHED),
        Column("blank_null_share", term("of voters"), "share", place="foot", beside="blank_null", missing=None),
        *count_columns("valid", term("Valid"), _NOT_PUBLISHED),
        Column("valid_share", term("of voters"), "share", place="foot", beside="valid", missing=None),
        Column("status_note", term("why"), "text", place="hidden"),
        Column("source", term("source"), "text", place="hidden"),
    )


def _sections(figures: Returns, rows: pd.DataFrame, told: Sequence[Caption], base: str) -> list[Section]:
    sections = []
    sizes = rows["ballot"].value_counts()
    start = 0
    for caption in told:
        stop = start + int(sizes.get(caption.ballot, 0))
        ballot = figures.ballots.loc[caption.ballot]
        part = rows.iloc[start:stop]
        notes = [*_origin_notes(figures, caption, part), *origin_notes(ballot)]
        if pd.isna(ballot["registered"]):
            notes.append(roll_note(caption))
        sections.append(
            Section(caption.title, start, stop, caption.subtitle, caption.doubt or _lead(part, base), (*notes, *caption.remarks))
        )
        start = stop
    return sections


def _lead(rows: pd.DataFrame, base: str) -> Message | None:
    """Say who comes first, and by how much. Never that somebody won: that is for the rules of the election."""
    if rows["rank"].isna().any() or len(rows) == 0:
        return None
    first = rows[rows["rank"] == 1]
    names = first["candidate"].tolist()
    if len(first) > 1:
        return msg("{names} are level at the top.", names=names)
    if len(rows) == 1:
        return msg("{name} is the only candidate.", name=names[0])
    second = rows.iloc[1]
    if pd.isna(first["votes"].iloc[0]) or pd.isna(second["votes"]):
        points = first["share_valid"].iloc[0] - second["share_valid"]
        return msg("{name} comes first, {points:points} points ahead of {second}.", name=names[0], points=points, second=second["candidate"])
    votes = int(first["votes"].iloc[0] - second["votes"])
    points = first[f"share_{base}"].iloc[0] - second[f"share_{base}"]
    if pd.isna(points):
        return msg("{name} comes first, {votes:count} votes ahead of {second}.", name=names[0], votes=votes, second=second["candidate"])
    return msg(
        "{name} comes first, {votes:count} votes ahead of {second} ({points:points} points).",
        name=names[0],
        votes=votes,
        points=points,
        second=second["candidate"],
    )


def _origin_notes(figures: Returns, caption: Caption, part: pd.DataFrame) -> list[Message]:
    ballot = figures.ballots.loc[caption.ballot]
    notes = []
    if (part["votes_origin"] == "reconstructed").any():
        notes.append(
            msg(
                "Only percentages are published. One set of whole numbers alone rounds to all of them: {valid:count} valid votes, "
                "shared out as marked.",
                valid=int(ballot["valid"]),
            )
        )
    shares = figures.votes[figures.votes["ballot"] == caption.ballot]
    if (shares["share_base"] == "voters").any() and shares["share"].notna().all():
        notes.append(
            msg(
                "The published percentages are shares of the voters, blank and null votes included: they add up to {sum:share}.",
                sum=float(shares["share"].sum()),
            )
        )
    return notes

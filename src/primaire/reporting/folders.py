"""Sources without the folders of whoever made the page: a page is for others."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

from primaire.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.provenance import Found, SourceFile
    from primaire.rules.rule import Rule
    from primaire.schema import Returns


def without_folders(returns: Returns) -> Returns:
    """Return the same figures, with their sources called by their last name, and as much before as tells them apart."""
    provenance = returns.provenance
    short = shortest([file.name for file in provenance.files])
    files = tuple(_renamed(file, short) for file in provenance.files)
    places = {old.place: new.place for old, new in zip(provenance.files, files, strict=True)}
    ballots = returns.ballots.assign(file=returns.ballots["file"].cat.rename_categories(places))
    steps = tuple(_said(step, short) for step in provenance.steps)
    return replace(returns, ballots=ballots, provenance=replace(provenance, files=files, steps=steps))


def rules_without_folders(rules: Sequence[Rule] | None) -> tuple[Rule, ...] | None:
    """Return rules called by the last names of the files that they are of."""
    if rules is None:
        return None
    short = shortest([rule.name for rule in rules])
    return tuple(replace(rule, name=short[rule.name], title=short.get(rule.title, rule.title)) for rule in rules)


def shortest(names: Sequence[str]) -> dict[str, str]:
    """Return the last parts of names of files, as many of each as tell them apart.

    >>> shortest(["/data/2017/t1.csv", "/data/2022/t1.csv"])
    {'/data/2017/t1.csv': '2017/t1.csv', '/data/2022/t1.csv': '2022/t1.csv'}
    """
    parts = {name: _parts(name) for name in dict.fromkeys(names)}
    for size in count(1):
        short = {name: "/".join(words[-size:]) for name, words in parts.items()}
        if len(set(short.values())) == len(parts) or size >= max(map(len, parts.values()), default=0):
            break
    return short


def _parts(name: str) -> tuple[str, ...]:
    path = PureWindowsPath(name) if "\\" in name else PurePath(name)
    return tuple(part for part in path.parts if part != path.anchor) or (name,)


def _renamed(file: SourceFile, short: Mapping[str, str]) -> SourceFile:
    return replace(
        file,
        name=short[file.name],
        remarks=tuple(_said(remark, short) for remark in file.remarks),
        compared=tuple(_said(remark, short) for remark in file.compared),
        found=tuple(_found(one, short) for one in file.found),
    )


def _found(one: Found, short: Mapping[str, str]) -> Found:
    hint = None if one.hint is None else _said(one.hint, short)
    return replace(one, place=_said(one.place, short), message=_said(one.message, short), hint=hint)


def _said(message: Message, short: Mapping[str, str]) -> Message:
    return replace(message, values={name: _value(value, short) for name, value in message.values.items()})


def _value(value: object, short: Mapping[str, str]) -> object:
    if isinstance(value, Message):
        return _said(value, short)
    if isinstance(value, (list, tuple)):
        return [_value(one, short) for one in value]
    if isinstance(value, str):
        for name in sorted(short, key=len, reverse=True):  # a name may begin as another one does
            value = value.replace(name, short[name]) if name != short[name] else value
    return value

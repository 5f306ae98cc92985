"""Which shapes are of which units: the property that holds their codes is found out, never guessed where several could."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from primaire.errors import NameUnknownError, NotHeldError, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.schema import shortened
from primaire.shapes.cities import as_communes, as_stations, with_arrondissements
from primaire.shapes.keys import AROUND, Candidate, by_code, by_name, by_number, by_number_alone, has_codes, texts
from primaire.shapes.namesakes import told_apart
from primaire.shapes.units import CODED, Units, units_of
from primaire.shapes.whereabouts import refuse_swapped, too_small
from primaire.suggestion import did_you_mean
from primaire.tally import check_level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from primaire.schema import Returns
    from primaire.shapes.keys import Keys
    from primaire.shapes.outlines import Outlines

_MOST: Final = 0.5
"""The part of the shapes, or of the units around them, that a key has to find."""

_NEAR: Final = 0.75
"""A finer level is preferred where it finds nearly as many shapes."""

_EACH: Final = 1.5
"""Shapes of each unit up to which numbers alone are believed."""

_ALIKE: Final = 0.02
"""Two keys find as much where they differ by no more."""


@dataclass(frozen=True)
class Join:
    """Shapes with what their places are compared by.

    Attributes:
        outlines: the shapes.
        level: the level of their places.
        names: the properties that say which place a shape is of.
        keys: the place of each shape as :func:`primaire.placenames.keys_of` writes it; None where it says none.
        remarks: what was found out, in words.
    """

    outlines: Outlines
    level: str
    names: tuple[str, ...]
    keys: Keys
    remarks: tuple[Message, ...]


@dataclass(frozen=True)
class _Found:
    """A candidate beside the units.

    Attributes:
        of_shapes: the part of the shapes that have a unit.
        of_units: the part of the units around these that have a shape.
        shapes_each: how many shapes each of these units has.
    """

    outlines: Outlines
    units: Units
    candidate: Candidate
    of_shapes: float
    of_units: float
    shapes_each: float

    @property
    def both(self) -> float:
        """The harmonic mean of the two parts."""
        total = self.of_shapes + self.of_units
        return 2 * self.of_shapes * self.of_units / total if total else 0.0

    @property
    def credible(self) -> bool:
        """Whether chance would not find as much: pairs of numbers are met by chance, codes of five digits are not."""
        if not self.candidate.whole and self.shapes_each > _EACH:
            return False
        if self.of_units >= _MOST and self.units.level in AROUND:
            return True
        alone = len(self.candidate.names) == 1 and self.candidate.whole
        return alone and self.of_shapes >= _MOST and not too_small(self.outlines, self.units.level)


def join(layers: Sequence[Outlines], returns: Returns, *, level: str | None = None, key: str | None = None) -> Join:
    """Find out which property of the shapes says their place, and at which level of geography.

    Codes are compared without leading zeros, and overseas in either of their two forms; a station's is that of its commune
    and its own, in one property or in several. Names are compared where no codes are alike.

    Args:
        layers: as read.
        returns: the units.
        level: the level of the places; by default, the finest of those at which shapes have units.
        key: the property, or several with commas, the widest place first; by default, what finds most.

    Raises:
        NameUnknownError: there is no property of that name, or ``level`` is none of geography.
        SourceError: several properties could be meant, which tell different places; or longitudes and latitudes are in
            the wrong order.
        NotHeldError: no property says of which places the shapes are.
    """
    if level is not None:
        _check(level, returns)
    levels = (
        [level] if level else [each for each in CODED if returns.ballots[[f"{each}_code", each]].notna().any(axis=None)]
    )
    places = [units_of(returns.ballots, each) for each in levels]
    properties = [{name: texts(values) for name, values in layer.properties.items()} for layer in layers]
    asked = None if key is None else _named(key, properties)
    nearest: list[_Found] = []
    for kind in (_codes, _numbers, _names):
        found = [
            _measured(layer, units, candidate)
            for layer, held in zip(layers, properties, strict=True)
            for units in places
            for candidate in kind(held, units)
            if asked is None or candidate.names == asked
        ]
        met = [each for each in found if each.of_shapes and (asked or (each.credible and not each.candidate.serial))]
        if met:
            return _joined(_best(met))
        nearest += found
    raise _no_key(layers, properties, places, asked, nearest)


def _check(level: str, returns: Returns) -> None:
    if level not in CODED:
        raise NameUnknownError(
            msg("Places are not told apart by “{by}”.", by=level),
            expected=msg("The levels of places are: {levels}.", levels=list(CODED)),
        )
    check_level(returns, level)


def _codes(properties: Mapping[str, Sequence[str | None]], units: Units) -> Iterator[Candidate]:
    for candidate in _written(properties, units):
        yield replace(candidate, keys=as_stations(candidate.keys, units)) if units.level == "station" else candidate


def _written(properties: Mapping[str, Sequence[str | None]], units: Units) -> Iterator[Candidate]:
    """Yield codes that stand in one property, and those that stand in several."""
    level = units.level
    yield from by_code(properties, level)
    if level in AROUND:
        wider = AROUND[level]
        around = with_arrondissements({key for key in units.around.values() if key is not None})
        outer = [*by_code(properties, wider)]
        if wider in AROUND:
            outer += by_number(properties, wider, by_code(properties, AROUND[wider]))
        yield from by_number(properties, level, [one for one in outer if around.intersection(filter(None, one.keys))])


def _numbers(properties: Mapping[str, Sequence[str | None]], units: Units) -> list[Candidate]:
    """Return numbers within the one wider place of all units, unless shapes have codes of places: then these are of others."""
    if units.alone is None or any(has_codes(values) for values in properties.values()):
        return []
    return by_number_alone(properties, units.level, units.alone)


def _names(properties: Mapping[str, Sequence[str | None]], units: Units) -> list[Candidate]:
    """Return names, where units bear some."""
    return by_name(properties) if units.names else []


def _measured(outlines: Outlines, units: Units, candidate: Candidate) -> _Found:
    if candidate.named:
        candidate = told_apart(candidate, outlines, units)
    drawn = [key for key, has in zip(candidate.keys, outlines.drawn.tolist(), strict=True) if has]
    met = units.keys.intersection(filter(None, drawn))
    touched = {units.around[key] for key in met}
    near = sum(wider in touched for wider in units.around.values())
    with_unit = sum(key in met for key in drawn)
    return _Found(
        outlines,
        units,
        candidate,
        with_unit / len(drawn),
        len(met) / near if near else 0.0,
        with_unit / len(met) if met else 0.0,
    )


def _best(met: Sequence[_Found]) -> _Found:
    """Return what finds most at the finest level that finds nearly as much as any. Raises SourceError between equals."""
    most = max(each.of_shapes for each in met)
    near = [each for each in met if each.of_shapes >= _NEAR * most or each.of_units >= 1 - _ALIKE]
    finest = max(CODED.index(each.units.level) for each in near)
    level = sorted(
        (each for each in near if CODED.index(each.units.level) == finest),
        key=lambda each: (-each.both, len(each.candidate.names)),
    )
    best = level[0]
    rivals = [each for each in level[1:] if each.both >= best.both - _ALIKE and _contradict(best, each)]
    if rivals:
        raise SourceError(
            msg(
                "Several properties of “{name}” could say its places, and they say different ones: {names}.",
                name=best.outlines.name,
                names=shortened([_said(each.candidate.names) for each in (best, *rivals)]),
            ),
            remedy=msg("Name the right one with --shape-key."),
        )
    return best


def _contradict(one: _Found, other: _Found) -> bool:
    """Tell whether two keys place many shapes differently."""
    if one.outlines is not other.outlines:
        return one.candidate.names != other.candidate.names
    pairs = zip(one.candidate.keys, other.candidate.keys, strict=True)
    units = one.units.keys
    differ = sum(a != b for a, b in pairs if a in units and b in units)
    return differ > _ALIKE * len(one.outlines)


def _joined(found: _Found) -> Join:
    refuse_swapped(found.outlines, found.units)
    keys, remarks = as_communes(found.candidate.keys, found.units)
    told = msg("its places are told by {names}", names=_said(found.candidate.names))
    if not found.candidate.whole:
        told = msg(
            "its places are told by {names}, all within {around}",
            names=_said(found.candidate.names),
            around=found.units.alone,
        )
    if found.candidate.named:
        told = msg("its places are told by their names: {names}", names=_said(found.candidate.names))
    if found.candidate.shared:
        remarks = (
            *remarks,
            msgn(
                "{n:count} of its shapes bears a name of several places, and is joined to none",
                "{n:count} of its shapes bear names of several places, and are joined to none",
                found.candidate.shared,
            ),
        )
    layer = (msg("of its layers, {layer} is used", layer=found.outlines.layer),) if found.outlines.layer else ()
    return Join(
        found.outlines,
        found.units.level,
        found.candidate.names,
        keys,
        (*layer, told, *remarks, *found.outlines.remarks),
    )


def _said(names: Sequence[str]) -> str:
    return ",".join(names)


def _named(key: str, properties: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the properties that an option names, in their spelling. Raises NameUnknownError."""
    held = {fold(name): name for each in properties for name in each}
    exact = {name for each in properties for name in each}
    if key in exact:
        return (key,)
    found = []
    for word in (word.strip() for word in key.split(",")):
        if word not in exact and fold(word) not in held:
            raise NameUnknownError(
                msg("The shapes have no property “{name}”.", name=word),
                expected=msg("Their properties are: {names}.", names=shortened(sorted(exact), 30)),
                remedy=did_you_mean(word, exact),
            )
        found.append(word if word in exact else held[fold(word)])
    return tuple(found)


def _no_key(
    layers: Sequence[Outlines],
    properties: Sequence[Mapping[str, Sequence[str | None]]],
    places: Sequence[Units],
    asked: tuple[str, ...] | None,
    tried: Sequence[_Found],
) -> NotHeldError:
    name = layers[0].file.name
    examples = [
        msg("{name} ({value})", name=key, value=next(filter(None, values), "–"))
        for held in properties
        for key, values in held.items()
    ]
    units = [
        msg("{level:term} {key}", level=each.level, key=min(each.keys).removeprefix("~").partition("~")[0])
        for each in places
        if each.keys
    ]
    if asked:
        seen = msg("No shape of “{name}” is of a unit here, by {names}.", name=name, names=_said(asked))
    else:
        seen = msg("No property of “{name}” says of which units its shapes are.", name=name)
        nearest = max(tried, key=lambda one: one.of_shapes, default=None)
        if nearest is not None and nearest.of_shapes:
            seen = msg(
                "{seen} By {names}, {part:percent} of them would have a {level:term}, which may be chance.",
                seen=seen,
                names=_said(nearest.candidate.names),
                part=round(100 * nearest.of_shapes, 1),
                level=nearest.units.level,
            )
    return NotHeldError(
        seen,
        expected=msg("The units name no places of any level.")
        if not units
        else msg(
            "Its properties are: {examples}. Units are, for example: {units}.",
            examples=shortened(examples, 30),
            units=units,
        )
        if examples
        else msg("Its shapes have no properties."),
        remedy=msg(
            "Name shapes of the same places, or the property with --shape-key; where numbers count within one commune, choose it with --where commune=NAME."
        ),
    )

"""What the positions of a file are in: degrees of longitude and latitude, or a system that the file or its user names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.errors import NameUnknownError, NotHeldError, SourceError
from primaire.messages import Message, msg

if TYPE_CHECKING:
    import numpy.typing as npt
    from pyproj import CRS

    from primaire.shapes.outlines import Geometries

_DEGREES: Final = ("CRS84", "4326", "4258", "4171", "4269", "4979")
"""Systems in degrees that do not differ by a width that a map of places shows: WGS 84, ETRS89, RGF93, NAD83."""

_FULL: Final = 360.0

_STRAYING: Final = 0.5
"""Degrees that places may lie outside of the area that a system is for: its bounds are rounded, and often of the land."""

_BEYOND: Final = (2.0, 6.0)
"""The least and most degrees outside from which on a system is refused: a small one's border, a whole zone of UTM."""

_LAMBERT: Final = ((0, 6_000_000), (1_300_000, 7_200_000))
"""Where Lambert-93 puts France, in metres."""

_WRITTEN: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(\w+)(?:[:/][\d.]*)?[:/]([\w.]+)"
)
"""How names of systems are written: the authority, perhaps its version, and the code."""

_SAY: Final = msg("Say in which system they are, --shapes-crs EPSG:2154, or export it in degrees (WGS 84).")


@dataclass(frozen=True)
class System:
    """What the positions of a file are in.

    Attributes:
        name: as ``EPSG:2154``.
        asked: whether the user says so; else the file does.
        instead: what the file says, where the user says something else.
    """

    name: str
    asked: bool = False
    instead: str | None = None

    @property
    def degrees(self) -> bool:
        """Whether these are longitudes and latitudes that need not be moved."""
        return _code(self.name) in _DEGREES

    @property
    def remark(self) -> Message:
        """What is to be said of it."""
        if self.instead is None:
            return msg("its positions are in {system}", system=self.name)
        return msg("its positions are read as {system}, though it says {said}", system=self.name, said=self.instead)


def asked_for(word: str) -> str:
    """Return the name, as ``EPSG:2154``, of the system that a user's word means.

    Args:
        word: its authority and code. Definitions written out are not taken: their axes and grids would be lost.

    Raises:
        NameUnknownError: there is no such system, or it is one of heights or of three axes.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    name = _official(word)
    try:
        found = None if name is None else CRS.from_user_input(name)
    except CRSError:
        found = None
    if name is None or found is None or not _flat(found):
        raise NameUnknownError(
            msg("There is no coordinate system “{name}” for positions on a map.", name=word),
            expected=msg(
                "Its name is its authority and code: EPSG:2154 (Lambert-93), EPSG:27700 (British National Grid), EPSG:4326 (degrees)."
            ),
            remedy=msg("Whoever published the shapes says which it is; https://epsg.org lists all."),
        )
    return name


def system_of(crs: object, name: str, asked: str | None = None) -> System | None:
    """Return the system of a document, given its member ``crs``; None for degrees.

    Args:
        crs: as read; whatever is no name of a system is refused.
        name: that of the file.
        asked: what the user says, as :func:`asked_for` writes it, which is believed rather than the file.

    Raises:
        SourceError: the file alone says it, and in a way that is not understood.
    """
    said = _name(crs) if crs else None
    if asked is not None:
        same = said is None or _code(said) == _code(asked)
        return System(asked, asked=True, instead=None if same else said)
    if said is None:
        return None
    official = _official(said)
    if official is None:
        raise SourceError(
            msg("“{name}” says that its positions are in “{system}”, which is not understood.", name=name, system=said),
            expected=msg("Its “crs” is a name such as urn:ogc:def:crs:EPSG::2154."),
            remedy=_SAY,
        )
    system = System(official)
    return None if system.degrees else system


def _official(said: str) -> str | None:
    """Return authority and code as ``EPSG:2154``; None where they are not written in any known way."""
    found = _WRITTEN.fullmatch(said)
    return f"{found[1]}:{found[2]}".upper() if found else None


def _code(said: str) -> str:
    """Return the code of a system without its authority."""
    official = _official(said)
    return said if official is None else official.partition(":")[2]


def _flat(crs: CRS) -> bool:
    """Tell whether a system is of a plane or the globe: of neither heights alone nor axes from the middle of the earth."""
    return bool(crs.is_projected or crs.is_geographic)


def _name(crs: Any) -> str:
    if isinstance(crs, str):
        return crs
    properties = crs.get("properties") if isinstance(crs, dict) else None
    said = [properties.get(key) for key in ("name", "code", "href")] if isinstance(properties, dict) else []
    return str(next(filter(None, said), crs))


def in_degrees(geometry: Geometries, system: System | None, name: str) -> tuple[Geometries, tuple[Message, ...]]:
    """Return geometries in degrees of longitude and latitude, and what is to be said of where they come from.

    Raises:
        SourceError: the file's system is not known, or does not fit its positions; or nobody names one and they are no
            degrees.
        NotHeldError: the system that the user names does not fit the positions.
    """
    import shapely

    bounds = shapely.total_bounds(geometry).tolist()
    if np.isnan(bounds[0]):  # not one area
        return geometry, ()
    if system is None:
        if not _angles(bounds):
            raise _no_degrees(bounds, name)
        return geometry, ()
    crs = _known(system, name)
    if not _flat(crs):
        raise _misfit(system, name, msg("that is a system of heights, or of three axes"))
    # Degrees of most systems; those of old French ones are grads, 400 all around.
    if crs.is_geographic and not _angles(bounds, 2 * np.pi / crs.axis_info[0].unit_conversion_factor):
        raise _misfit(system, name, msg("they are no longitudes and latitudes, {bounds}", bounds=_written(bounds)))
    if crs.is_projected and _angles(bounds):
        raise _misfit(system, name, msg("they look like degrees"))
    if system.degrees:
        return geometry, (system.remark,)
    moved = _moved(geometry, crs, system, name)
    if not _angles(shapely.get_coordinates(moved)):
        raise _misfit(system, name, msg("no place there has such positions, {bounds}", bounds=_written(bounds)))
    return moved, (system.remark, *_astray(moved, crs, system, name))


def _angles(numbers: npt.ArrayLike, full: float = _FULL) -> bool:
    """Tell whether x and y, in turns, can be longitudes and latitudes of a globe with so many degrees around."""
    found = np.abs(np.reshape(numbers, (-1, 2))) <= (full, full / 4)
    return bool(found.all())


def _moved(geometry: Geometries, crs: CRS, system: System, name: str) -> Geometries:
    import shapely
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        transform = Transformer.from_crs(crs, "OGC:CRS84", always_xy=True).transform
        moved: Geometries = shapely.transform(geometry, transform, interleaved=False)
    except ProjError:  # of another planet, or its grid is not published
        raise _misfit(
            system, name, msg("no way is known from that system to longitudes and latitudes on earth")
        ) from None
    return moved


def _astray(moved: Geometries, crs: CRS, system: System, name: str) -> tuple[Message, ...]:
    """Say that places lie outside of the area that a system is for, as they do where it is the wrong one.

    Zones are in use beyond their borders: only what lies farther outside than the area is wide or high, though at least two
    and at most six degrees, is refused. The middle one of the shapes decides: some may be astray by themselves.
    """
    import shapely

    if crs.area_of_use is None:
        return ()
    west, south, east, north = crs.area_of_use.bounds
    wide = east - west + (_FULL if east < west else 0)
    bounds = shapely.bounds(moved[~shapely.is_missing(moved)])
    x, y = (bounds[:, :2] + bounds[:, 2:]).T / 2
    aside = np.abs((x - west - wide / 2 + _FULL / 2) % _FULL - _FULL / 2) - wide / 2
    beyond = np.max([aside, south - y, y - north], axis=0)
    at = np.argsort(beyond)[(len(beyond) - 1) // 2]
    if beyond[at] <= _STRAYING:
        return ()
    seen = {"x": x[at], "y": y[at], "west": west, "east": east, "south": south, "north": north}
    said = {key: f"{value:.0f}" for key, value in seen.items()}
    if beyond[at] > np.clip(min(wide, north - south), *_BEYOND):
        why = msg(
            "they would lie near longitude {x}, latitude {y}, and that system is for longitudes {west} to {east}, latitudes {south} to {north}",
            **said,
        )
        raise _misfit(system, name, why)
    return (
        msg(
            "that puts them near longitude {x}, latitude {y}, outside of where that system is used, longitudes {west} to {east}, latitudes {south} to {north}",
            **said,
        ),
    )


def _known(system: System, name: str) -> CRS:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(system.name)
    except CRSError:
        raise SourceError(
            msg("“{name}” says that its positions are in {system}, which is not known.", name=name, system=system.name),
            remedy=_SAY,
        ) from None


def _misfit(system: System, name: str, why: Message) -> SourceError | NotHeldError:
    if system.asked:
        return NotHeldError(
            msg("The positions of “{name}” cannot be read as {system}: {why}.", name=name, system=system.name, why=why),
            remedy=msg("Name another system with --shapes-crs, or leave it out where the file is in degrees."),
        )
    return SourceError(
        msg("“{name}” says that its positions are in {system}, but {why}.", name=name, system=system.name, why=why),
        remedy=msg("Say in which system they are: --shapes-crs EPSG:4326 for degrees."),
    )


def _no_degrees(bounds: list[float], name: str) -> SourceError:
    return SourceError(
        msg("The positions of “{name}” are no longitudes and latitudes: {bounds}.", name=name, bounds=_written(bounds)),
        expected=msg("GeoJSON is in degrees, unless its “crs” names another system. {guess}", guess=_guess(bounds)),
        remedy=_SAY,
    )


def _written(bounds: list[float]) -> Message:
    named = zip(("low_x", "low_y", "high_x", "high_y"), bounds, strict=True)
    return msg("x is {low_x} to {high_x}, y {low_y} to {high_y}", **{key: f"{value:.0f}" for key, value in named})


def _guess(bounds: list[float]) -> Message:
    low_x, low_y, high_x, high_y = bounds
    (left, bottom), (right, top) = _LAMBERT
    if low_x >= left and high_x <= right and low_y >= bottom and high_y <= top:
        return msg("These look like metres of Lambert-93 (EPSG:2154).")
    if max(map(abs, bounds)) <= _FULL:
        return msg("These look like latitudes before longitudes.")
    return msg("These look like metres.")

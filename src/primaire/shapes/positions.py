"""What the positions of a file are in: degrees of longitude and latitude, or a system that the file or its user names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.errors import NameUnknownError, NotHeldError, SourceError
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from pyproj import CRS

    from primaire.shapes.outlines import Geometries

_DEGREES: Final = ("CRS84", "4326", "4258", "4171", "4269", "4979")
"""Systems in degrees that do not differ by a width that a map of places shows: WGS 84, ETRS89, RGF93, NAD83."""

_FULL, _QUARTER = 360.0, 90.0

_LAMBERT: Final = ((0, 6_000_000), (1_300_000, 7_200_000))
"""Where Lambert-93 puts France, in metres."""

_WRITTEN: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(\w+)(?:[:/][\d.]*)?[:/](\w+)"
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

    Raises:
        NameUnknownError: there is no such system, or it is one of heights or of three axes.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        found = CRS.from_user_input(word)
    except CRSError:
        found = None
    if found is None or not (found.is_projected or found.is_geographic):
        raise NameUnknownError(
            msg("There is no coordinate system “{name}” for positions on a map.", name=word),
            expected=msg(
                "Its name is its authority and code: EPSG:2154 (Lambert-93), EPSG:27700 (British National Grid), EPSG:4326 (degrees)."
            ),
            remedy=msg("Whoever published the shapes says which it is; https://epsg.org lists all."),
        )
    known = found.to_authority()
    return word if known is None else ":".join(known)


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
    found = _WRITTEN.fullmatch(said)
    if found is None:
        raise SourceError(
            msg("“{name}” says that its positions are in “{system}”, which is not understood.", name=name, system=said),
            expected=msg("Its “crs” is a name such as urn:ogc:def:crs:EPSG::2154."),
            remedy=_SAY,
        )
    system = System(f"{found[1].upper()}:{found[2].upper()}")
    return None if system.degrees else system


def _code(said: str) -> str:
    """Return the code of a system without its authority."""
    found = _WRITTEN.fullmatch(said)
    return found[2].upper() if found else said


def _name(crs: Any) -> str:
    if isinstance(crs, str):
        return crs
    properties = crs.get("properties") if isinstance(crs, dict) else None
    said = [properties.get(key) for key in ("name", "code", "href")] if isinstance(properties, dict) else []
    return str(next(filter(None, said), crs))


def in_degrees(geometry: Geometries, system: System | None, name: str) -> Geometries:
    """Return geometries in degrees of longitude and latitude.

    Raises:
        SourceError: the file's system is not known, or does not fit its positions; or nobody names one and they are no
            degrees.
        NotHeldError: the system that the user names does not fit the positions.
    """
    import shapely

    low_x, low_y, high_x, high_y = bounds = shapely.total_bounds(geometry).tolist()
    if np.isnan(low_x):  # not one area
        return geometry
    degrees = low_x >= -_FULL and high_x <= _FULL and low_y >= -_QUARTER and high_y <= _QUARTER
    if system is None or system.degrees:
        if degrees:
            return geometry
        if system is None:
            raise _no_degrees(bounds, name)
        raise _misfit(system, name, msg("they are no longitudes and latitudes, {bounds}", bounds=_written(bounds)))
    crs = _known(system, name)
    if degrees and crs.is_projected:
        raise _misfit(system, name, msg("they look like degrees"))
    moved = _moved(geometry, crs)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise _misfit(system, name, msg("no place there has such positions, {bounds}", bounds=_written(bounds)))
    return moved


def _moved(geometry: Geometries, crs: CRS) -> Geometries:
    import shapely
    from pyproj import Transformer

    transform = Transformer.from_crs(crs, "OGC:CRS84", always_xy=True).transform
    moved: Geometries = shapely.transform(geometry, transform, interleaved=False)
    return moved


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
            msg("The positions of “{name}” are not in {system}: {why}.", name=name, system=system.name, why=why),
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

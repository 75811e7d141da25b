"""The directions of the texts of a PDF page: texts of each direction are turned upright before their layout is read."""

from __future__ import annotations

import math
from typing import NamedTuple

_NEAR = 20  # degrees: a scan that is askew is upright; what is set at a slant has a frame of its own
_SLANT = 10  # degrees in which slants are told apart


class Matrix(NamedTuple):
    """A PDF matrix: (x, y) becomes (a x + c y + e, b x + d y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: Matrix) -> Matrix:
        """Return the matrix that applies this one first.

        >>> Matrix(e=1).then(Matrix(a=2))
        Matrix(a=2.0, b=0.0, c=0.0, d=1.0, e=2.0, f=0.0)
        """
        a, b, c, d, e, f = other
        return Matrix(
            self.a * a + self.b * c,
            self.a * b + self.b * d,
            self.c * a + self.d * c,
            self.c * b + self.d * d,
            self.e * a + self.f * c + e,
            self.e * b + self.f * d + f,
        )

    def inverse(self) -> Matrix | None:
        """Return the matrix that undoes this one; None where nothing does."""
        det = self.a * self.d - self.b * self.c
        if not math.isfinite(det) or abs(det) < 1e-12:
            return None
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Matrix(a, b, c, d, -(self.e * a + self.f * c), -(self.e * b + self.f * d))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def angle_of(text: Matrix, rotation: int) -> int:
    """Return at which angle text with this matrix runs, on a page that is shown turned clockwise by `rotation` degrees.

    Mirrored text counts by its direction: fonts whose shapes are upside down are set upside down to be upright.

    >>> angle_of(Matrix(), 0), angle_of(Matrix(0, 1, -1, 0), 90), angle_of(Matrix(0, -1, 1, 0), 0)
    (0, 0, 270)
    """
    if not all(map(math.isfinite, text)):
        return 0
    x, y = (text.a, text.b) if text.a or text.b else (text.d, -text.c)
    degrees = (math.degrees(math.atan2(y, x)) - rotation) % 360
    quarter = round(degrees / 90) * 90
    if abs(degrees - quarter) > _NEAR:
        return round(degrees / _SLANT) * _SLANT % 360
    return quarter % 360


def upright(angle: int) -> Matrix:
    """Return what turns text that runs at an angle upright.

    >>> upright(0) == Matrix(), upright(90).point(0, 5)
    (True, (5.0, 0.0))
    """
    exact = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
    cos, sin = exact.get(angle % 360) or (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
    return Matrix(cos, -sin, sin, cos)

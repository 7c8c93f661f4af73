"""Bent paper made flat: a smooth field over the page, of how far everything was found off."""

import cv2
import numpy as np
from numpy.typing import NDArray

from s2c_forms.media.scan.geometry import Matrix, seen_at
from s2c_forms.media.scan.raster import Grey

_STEP = 16  # flat pixels between two points at which the field is worked out
_ROUNDS = 3  # of fitting, each with less weight for what was off the fit before
_DOUBTED = 3.0  # flat pixels off the fit at which a find weighs half

Places = NDArray[np.float64]
Field = NDArray[np.float64]
"""Coefficients of a polynomial, 16 × 2: place on the flat page → how far off it lies, in pixels."""

# Boxes stand in few columns of many rows: so there is more to fit downwards than across.
_POWERS = [(i, j) for i in range(4) for j in range(7 - 2 * i)]
_CALM = 0.02  # weight of "no bend at all", so that where nothing was found the field stays calm


def bend_of(places: Places, off: Places, size: tuple[int, int]) -> Field:
    """Return the smooth field that fits how far off things were found.

    Args:
        places: where they were printed, n × 2, in flat pixels; 12 at the least.
        off: how far off each was found, n × 2.
        size: rows and columns of the flat page.
    """
    terms = _terms(places, size)
    weight = np.ones(len(places))
    field: Field = np.zeros((terms.shape[1], 2))
    for _ in range(_ROUNDS):
        weighed = terms * weight[:, None]
        square = terms.T @ weighed + _CALM * np.diag([i + j > 1 for i, j in _POWERS])
        even = square + 1e-9 * np.eye(len(_POWERS))
        field = np.asarray(np.linalg.solve(even, weighed.T @ off), dtype=np.float64)
        far = np.hypot(*(off - terms @ field).T)
        weight = 1 / (1 + (far / _DOUBTED) ** 2)
    return field


def off_at(field: Field, places: Places, size: tuple[int, int]) -> Places:
    """Return how far off the field says that places lie, n × 2."""
    return np.asarray(_terms(places, size) @ field)


def unbent(grey: Grey, matrix: Matrix, field: Field, size: tuple[int, int]) -> Grey:
    """Return the flat page of a raster on which the paper is bent as the field says."""
    rows, columns = size
    y, x = np.mgrid[0 : rows // _STEP + 1, 0 : columns // _STEP + 1]
    grid = np.stack([x.ravel(), y.ravel()], axis=1)
    places = (grid + 0.5) * _STEP - 0.5
    seen = seen_at(matrix, (places + off_at(field, places, size)).astype(np.float32))
    shape = (x.shape[1] * _STEP, x.shape[0] * _STEP)
    coarse = seen.reshape(*x.shape, 2)
    fine = cv2.resize(coarse, shape, interpolation=cv2.INTER_LINEAR)[:rows, :columns]
    flat = cv2.remap(grey, fine, None, cv2.INTER_LINEAR, borderValue=(255.0,))  # type: ignore[call-overload]
    return np.asarray(flat, dtype=np.uint8)


def _terms(places: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.float64]:
    x = places[:, 0] / size[1] * 2 - 1
    y = places[:, 1] / size[0] * 2 - 1
    return np.stack([x**i * y**j for i, j in _POWERS], axis=1)

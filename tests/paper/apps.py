"""Scanner apps on phones: the page cut out of the photo, made flat, and white or one bit."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from tests.paper.devices import Encoding, Shot
from tests.paper.printed import Picture, Places

A4 = (210.0, 297.0)


@dataclass(frozen=True)
class App:
    """What an app makes of a photo.

    Attributes:
        width: of its pages, in pixels.
        slip: how far it misses the page's corners, in shares of the page's width.
        look: `photo` as it is, `clean` with white paper, `bit` black and white.
        hard: of `clean`, how much contrast is added.
        quality: of JPEG.
    """

    width: int
    slip: float
    look: str
    hard: float
    quality: int


def choose_app(chance: np.random.Generator) -> App:
    """Return an app as phones have them."""
    return App(
        int(chance.choice([1240, 1654, 1654, 2000, 2480])),
        float(abs(chance.normal(0, 0.006))),
        str(chance.choice(["photo", "clean", "bit"], p=[0.25, 0.6, 0.15])),
        float(chance.uniform(1.1, 1.9)),
        int(chance.integers(55, 90)),
    )


def made_flat(shot: Shot, corners: Places, app: App, chance: np.random.Generator) -> Shot:
    """Return a photo as an app keeps it; bent paper stays bent.

    Args:
        shot: the photo.
        corners: of the page in it, from the top left, clockwise (4 × 2).
        app: what it does.
        chance: how far it misses the corners.
    """
    size = (app.width, round(app.width * A4[1] / A4[0]))
    reach = float(np.hypot(*(corners[1] - corners[0]))) * app.slip
    found = (corners + chance.normal(0, reach, (4, 2))).astype(np.float32)
    frame = np.array([[0, 0], [size[0], 0], size, [0, size[1]]], np.float32)
    turn = cv2.getPerspectiveTransform(found, frame)
    flat = cv2.warpPerspective(shot.image, turn, size, flags=cv2.INTER_AREA)
    places = shot.places.reshape(-1, 1, 2)
    if len(places):
        places = np.asarray(cv2.perspectiveTransform(places, turn))
    encoding = Encoding("tif" if app.look == "bit" else "jpg", app.quality, (200, 200))
    made = replace(shot, image=_looking(flat, app), encoding=encoding)
    told = (*shot.told, f"app {app.look} {app.width} px")
    return replace(made, places=places.reshape(shot.places.shape), told=told)


def _looking(image: Picture, app: App) -> Picture:
    """Return a page without shadows and with more contrast, or in black and white."""
    if app.look == "photo":
        return image
    small = cv2.resize(image, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    wide = np.asarray(cv2.dilate(small, np.ones((5, 5), np.uint8)))
    light = cv2.resize(cv2.GaussianBlur(wide, (0, 0), 6), image.shape[1::-1])
    even = cv2.divide(image, light, scale=238)
    if app.look == "bit":
        grey = cv2.cvtColor(even, cv2.COLOR_RGB2GRAY)
        return np.asarray(cv2.threshold(grey, 178, 255, cv2.THRESH_BINARY)[1])
    table = np.clip((np.arange(256) - 200) * app.hard + 200 + 14 * app.hard, 0, 255)
    return np.asarray(cv2.LUT(even, table.astype(np.uint8)))

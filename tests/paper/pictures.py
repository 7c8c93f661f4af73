"""Cut-outs of pages, for a person to look at."""

import cv2
import numpy as np

from tests.paper.corpus import PageShot
from tests.paper.files import upright
from tests.paper.scored import BoxScore

SIDE = 320
"""Pixels of a cut-out's side; it shows about four boxes across, some 20 mm."""


def cut_out(page: PageShot, box: BoxScore) -> bytes:
    """Return a PNG of a box and what stands round it, its corners marked in red."""
    place = page.places[box.place]
    middle = place.mean(axis=0)
    wide = (middle + (place - middle) * 4.4).astype(np.float32)
    target = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
    turn = cv2.getPerspectiveTransform(wide, target)
    picture = upright(page.data)
    cut = cv2.warpPerspective(picture, turn, (SIDE, SIDE), borderValue=(255, 0, 255))
    for corner in cv2.perspectiveTransform(place[:, None].astype(np.float32), turn)[:, 0]:
        cv2.circle(cut, np.round(corner).astype(int).tolist(), 2, (255, 0, 0), -1)
    return bytes(cv2.imencode(".png", cut[:, :, ::-1])[1])


def page_picture(page: PageShot) -> bytes:
    """Return a PNG of a whole page, 1000 pixels high."""
    picture = upright(page.data)
    share = 1000 / picture.shape[0]
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return bytes(cv2.imencode(".png", small[:, :, ::-1])[1])

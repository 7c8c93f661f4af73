"""What is round a photographed page, and what light and lens do: tables, thumbs, shadows, blur."""

import cv2
import numpy as np

from tests.paper.devices import noisy
from tests.paper.printed import Picture, Places

A4 = (210.0, 297.0)


def table(size: tuple[int, int], shadow: Picture, chance: np.random.Generator) -> Picture:
    """Return a table: wood, a dark or light desk, or other paper lying about."""
    width, height = size
    kind = int(chance.integers(4))
    base = np.array(
        [(150, 110, 75), (60, 58, 60), (205, 203, 198), (120, 128, 135)][kind], np.float32
    ) * chance.uniform(0.7, 1.15)
    shape = [(160, 6), (80, 60), (30, 22), (120, 90)][kind]
    strength = (18, 8, 6, 14)[kind]
    grain = chance.normal(0, strength, shape).astype(np.float32)
    relief = cv2.resize(grain, (width // 4, height // 4), interpolation=cv2.INTER_CUBIC)
    wood = np.clip(base + relief[:, :, None], 0, 255).astype(np.uint8)
    if chance.random() < 0.3:
        middle = chance.uniform(-0.2, 1.2, 2) * (width / 4, height / 4)
        other = cv2.boxPoints(
            (middle.tolist(), (width / 5, height / 5), float(chance.uniform(0, 90)))
        )
        cv2.fillPoly(wood, [other.astype(np.int32)], (225, 226, 228))
    dark = cv2.resize(shadow, (width // 4, height // 4)).astype(np.float32) / 255
    wood = (wood * (1 - 0.45 * dark[:, :, None])).astype(np.uint8)
    return np.asarray(cv2.resize(wood, size, interpolation=cv2.INTER_LINEAR))


def hand_shadow(shape: tuple[int, ...], chance: np.random.Generator) -> Places:
    """Return the shadow of a hand, an arm or the phone: 1 in the light."""
    height, width = shape
    light = np.ones(shape, np.float32)
    start = chance.uniform(-0.1, 1.1, 2) * (width, height)
    away = chance.uniform(0, 6.3)
    side = np.array([np.cos(away), np.sin(away)]) * max(shape)
    across = np.array([-side[1], side[0]]) * chance.uniform(0.1, 0.35)
    corners = np.array(
        [start + across, start - across, start - across + side, start + across + side]
    )
    cv2.fillPoly(light, [corners.astype(np.int32)], float(chance.uniform(0.45, 0.8)))
    for _ in range(int(chance.choice([0, 3, 4]))):
        finger = start - side * chance.uniform(0.02, 0.1) + across * chance.uniform(-1, 1)
        cv2.line(light, start.astype(int).tolist(), finger.astype(int).tolist(), 0.6, 5)
    return np.asarray(cv2.GaussianBlur(light, (0, 0), float(chance.uniform(1.5, 9))))


def exposed(image: Picture, chance: np.random.Generator) -> Picture:
    """Return the picture after lens, hand and sensor: blur, noise, and what a phone makes of it."""
    image = cv2.GaussianBlur(image, (0, 0), float(np.clip(chance.gamma(3, 0.35), 0.4, 2.2)))
    if chance.random() < 0.25:
        image = cv2.filter2D(image, -1, _motion(chance))
    image = noisy(image, float(np.clip(chance.gamma(2, 1.7), 0.8, 9)), chance)
    if chance.random() < 0.6:
        soft = cv2.blur(image, (5, 5))
        share = float(chance.uniform(0.2, 0.9))
        image = cv2.addWeighted(image, 1 + share, soft, -share, 0)
    return np.asarray(image)


def _motion(chance: np.random.Generator) -> Places:
    length = int(chance.integers(3, 8))
    kernel = np.zeros((9, 9), np.float32)
    away = chance.uniform(0, np.pi)
    reach = np.array([np.cos(away), np.sin(away)]) * length / 2
    ends = np.round((np.array([4, 4]) + np.stack([reach, -reach])) * 16).astype(int).tolist()
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_8, 4)
    return np.asarray(kernel / kernel.sum())


def thumb_outline(chance: np.random.Generator) -> Places:
    """Return the outline (n × 2, mm) of a thumb that holds the paper at an edge."""
    angles = np.linspace(0, 2 * np.pi, 40)
    shape = np.stack([np.cos(angles) * 24, np.sin(angles) * 9], axis=1)
    side, lean = int(chance.integers(3)), chance.normal(0, 0.35)
    turn = (0.0, np.pi, -np.pi / 2)[side] + lean
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    along = chance.uniform(0.15, 0.9)
    inside = chance.uniform(-14, -2)
    places = (
        (inside, along * A4[1]),
        (A4[0] - inside, along * A4[1]),
        (along * A4[0], A4[1] - inside),
    )
    return np.asarray(shape @ spin.T + np.array(places[side]))


def draw_thumb(image: Picture, outline: Places, chance: np.random.Generator) -> None:
    """Draw a thumb, its outline in pixels."""
    skin = np.array([(224, 172, 145), (190, 135, 105), (120, 80, 60)][int(chance.integers(3))])
    for size, tone in ((1.06, 0.55), (1.0, 0.85), (0.8, 0.95), (0.55, 1.0)):
        middle = outline.mean(axis=0)
        corners = np.round(middle + (outline - middle) * size).astype(np.int32)
        cv2.fillPoly(image, [corners], (skin * tone).tolist(), cv2.LINE_AA)

"""Which scanners people have: a choice by lot for each severity."""

from dataclasses import replace

import numpy as np

from tests.paper.devices import Encoding, Scanner
from tests.paper.printed import Sheet
from tests.paper.wear import (
    Paper,
    bled_through,
    crumpled,
    dog_eared,
    folded,
    paper_of,
    photocopied,
    punched,
    shine_through,
    smeared,
    spilled,
    torn,
)


def choose_flatbed(chance: np.random.Generator) -> Scanner:
    """Return a flatbed at 300 dpi and somebody who lays paper straight."""
    grey = chance.random() < 0.4
    side = float(chance.choice([300.0, 400.0, 600.0], p=[0.9, 0.07, 0.03]))
    dpi = (side, side)
    jpeg = Encoding("jpg", int(chance.integers(88, 96)), dpi)
    return Scanner(
        dpi=dpi,
        mode="grey" if grey else "colour",
        skew=float(chance.normal(0, 0.3)),
        scale=(float(chance.normal(1, 0.001)), float(chance.normal(1, 0.001))),
        shift=(float(chance.normal(0, 1)), float(chance.normal(0, 1))),
        blur=float(chance.uniform(0.3, 0.7)),
        noise=float(chance.uniform(0.5, 2)),
        levels=(float(chance.uniform(0, 15)), float(chance.uniform(245, 262))),
        bed=int(chance.choice([255, 245, 235])),
        encoding=Encoding("png", dpi=dpi) if chance.random() < 0.5 else jpeg,
        turned=bool(chance.random() < 0.05),
    )


def choose_feeder(chance: np.random.Generator) -> Scanner:
    """Return an office's sheet feeder: 200 or 300 dpi as JPEG, or 300 dpi of one bit."""
    bit = chance.random() < 0.35
    side = 300.0 if bit else float(chance.choice([200.0, 300.0, 400.0], p=[0.5, 0.45, 0.05]))
    quality = int(chance.integers(58, 88))
    return Scanner(
        dpi=(side, side),
        mode="bit" if bit else ("grey" if chance.random() < 0.45 else "colour"),
        skew=float(np.clip(chance.normal(0, 0.8), -2, 2)),
        scale=(float(chance.normal(1, 0.003)), float(chance.normal(1, 0.006))),
        shift=(float(chance.normal(0, 2)), float(chance.normal(0, 2))),
        blur=float(chance.uniform(0.3, 0.9)),
        noise=float(chance.uniform(1, 4)),
        levels=(float(chance.uniform(0, 40)), float(chance.uniform(235, 275))),
        gamma=float(chance.uniform(0.85, 1.2)),
        bed=int(chance.choice([255, 240, 20, 90])),
        wave=float(chance.random() < 0.3) * float(chance.uniform(0.05, 0.25)),
        threshold=float(chance.uniform(0.58, 0.84)),
        specks=int(chance.poisson(15)),
        turned=bool(chance.random() < 0.12),
        encoding=Encoding("tif" if bit else "jpg", quality, (side, side)),
    )


def choose_poor(chance: np.random.Generator) -> Scanner:
    """Return an old machine: 150 to 200 dpi, or a fax."""
    bit = chance.random() < 0.4
    side = float(chance.choice([150.0, 150.0, 200.0]))
    fax = (204.0, 196.0) if chance.random() < 0.5 else (200.0, 200.0)
    dpi = fax if bit else (side, side)
    paper = float(chance.uniform(190, 262))
    dithered = bool(bit and chance.random() < 0.1)
    return Scanner(
        dpi=dpi,
        mode="bit" if bit else ("grey" if chance.random() < 0.6 else "colour"),
        skew=float(np.clip(chance.normal(0, 1.3), -4, 4)),
        scale=(float(chance.normal(1, 0.006)), float(chance.normal(1, 0.012))),
        shift=(float(chance.normal(0, 2.5)), float(chance.normal(0, 2.5))),
        blur=float(chance.uniform(0.3, 0.7 if bit else 1.1)),
        noise=float(chance.uniform(2, 9)),
        levels=(float(chance.uniform(0, 30) if bit else chance.uniform(10, 85)), paper),
        gamma=float(chance.uniform(0.85 if bit else 0.75, 1.35)),
        bed=int(chance.choice([255, 240, 15, 60, 120])),
        wave=float(chance.random() < 0.5) * float(chance.uniform(0.1, 0.45)),
        streaks=int(chance.random() < 0.35) * int(chance.integers(1, 6)),
        shadow=float(chance.random() < 0.3) * float(chance.uniform(0.2, 0.7)),
        threshold=float(chance.uniform(0.6, 0.88)),
        dither=dithered,
        specks=int(chance.poisson(120)),
        turned=bool(chance.random() < 0.15),
        encoding=Encoding("tif" if bit else "jpg", int(chance.integers(22, 70)), dpi),
    )


def next_page(scanner: Scanner, chance: np.random.Generator) -> Scanner:
    """Return the same scanner for the next page: it lies otherwise."""
    return replace(
        scanner,
        skew=scanner.skew * 0.4 + float(chance.normal(0, 0.3)) * (1 + abs(scanner.skew)),
        shift=(scanner.shift[0] + float(chance.normal(0, 0.7)), scanner.shift[1]),
    )


def used_paper(
    sheet: Sheet, back: Sheet | None, severity: str, chance: np.random.Generator
) -> Paper:
    """Return a sheet after its way through bags, binders and copiers."""
    paper = paper_of(sheet)
    rough = {"clean": 0.0, "office": 0.25, "poor": 1.0, "phone": 0.6}[severity]
    if chance.random() < 0.12 + 0.1 * rough:
        paper = smeared(paper, sheet.ink, chance)
    if back is not None and chance.random() < 0.12:
        paper = bled_through(paper, back, float(chance.uniform(0.04, 0.12 + 0.15 * rough)))
    if back is not None and chance.random() < 0.6:
        paper = shine_through(paper, back, float(chance.uniform(0.01, 0.05 + 0.07 * rough)))
    copies = int(chance.choice([1, 2])) if severity == "poor" and chance.random() < 0.3 else 0
    steps = [
        (0.3 * rough, folded),
        (0.2 * rough, crumpled),
        (0.14 * rough, spilled),
        *[(1.0, photocopied)] * copies,
        (0.3 * min(1.0, rough + 0.15), punched),
        (0.12 * rough, dog_eared),
        (0.1 * rough, torn),
    ]
    for share, happen in steps:
        if chance.random() < share:
            paper = happen(paper, chance)
    return paper

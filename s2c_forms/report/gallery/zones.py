"""Between which limits a box lies, and what that means, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from s2c_forms.media.scan.specimens import Specimen
from s2c_forms.media.scan.tints import Standing
from s2c_forms.media.scan.tuning import Tuning
from s2c_forms.words import say


@dataclass(frozen=True)
class Zone:
    """All shares from a limit on, up to the next zone.

    Attributes:
        begin: the share that it begins with.
        limit: the limit's name in `templates/scan.yaml`; empty for the first zone.
        told: what a box is here, in words.
        standing: what most boxes here are told to be.
    """

    begin: float
    limit: str
    told: str
    standing: Standing


def hard_zones(tuning: Tuning, language: str) -> tuple[Zone, ...]:
    """Return the zones of hard ink, from none to all over."""
    t, lang = tuning, language
    marked = say(
        "From here on: marked, if a stroke in it is {n} mm long", lang, n=_n(t.marked_stroke, lang)
    )
    empty = say(
        "No ink, or a speck: empty, if no stroke is longer than {n} mm",
        lang,
        n=_n(t.empty_stroke, lang),
    )
    scribble = say(
        "From here on: a person is asked, unless white of {n} mm shows that it is a scribble",
        lang,
        n=_n(t.scribble_gap, lang),
    )
    black = say(
        "From here on: black all over, “not this one”, if no white is wider than {n} mm",
        lang,
        n=_n(t.black_gap, lang),
    )
    return (
        Zone(0.0, "", empty, "empty"),
        Zone(t.empty_share, "empty_share", say("From here on: a person is asked", lang), "ask"),
        Zone(t.marked_share, "marked_share", marked, "marked"),
        Zone(
            t.blob_share,
            "blob_share",
            say("From here on: marked, however short its strokes", lang),
            "marked",
        ),
        Zone(t.scribble_share, "scribble_share", scribble, "ask"),
        Zone(t.black_share, "black_share", black, "black"),
    )


def faint_zones(tuning: Tuning, language: str) -> tuple[Zone, ...]:
    """Return the zones of faint ink."""
    faint = say(
        "From here on: marked, if a stroke is {n} mm long and the paper round it is quiet",
        language,
        n=_n(tuning.faint_stroke, language),
    )
    return (
        Zone(0.0, "", say("Grain of the paper: empty", language), "empty"),
        Zone(tuning.faint_share, "faint_share", faint, "marked"),
    )


def in_zones(
    zones: Sequence[Zone], boxes: Sequence[Specimen], *, soft: bool
) -> Iterator[tuple[Zone, list[Specimen]]]:
    """Yield each zone with its boxes; they come sorted. A limit belongs to what is below it."""
    ends = [*(zone.begin for zone in zones[1:]), float("inf")]
    for place, (zone, end) in enumerate(zip(zones, ends, strict=True)):
        begin = zone.begin if place else -1.0
        yield zone, [box for box in boxes if begin < (box.soft_share if soft else box.share) <= end]


def percent(share: float, language: str) -> str:
    """Return a share as a percentage, as exact as a reader can use."""
    digits = 0 if share >= 0.1 or share == 0 else 1
    return decimal(f"{100 * share:.{digits}f}", language) + " %"


def decimal(number: str, language: str) -> str:
    """Return a number with the decimal mark of a language."""
    return number.replace(".", ",") if language == "nl" else number


def _n(number: float, language: str) -> str:
    return decimal(f"{number:g}", language)

"""The colours in which it is told what was read, and what each kind of box looks like in them."""

from typing import Literal

from s2c_forms.media.scan.seen import Look

Standing = Literal["marked", "empty", "ask", "black"]
"""What is told of a box: surely marked, surely empty, a person is asked, or blackened."""
Colour = tuple[int, int, int]
"""Red, green, blue: 0 to 255."""

SURE: Colour = (0x2E, 0x8B, 0x57)
ASK: Colour = (0xD9, 0x6F, 0x0C)
BLACK: Colour = (0x1C, 0x23, 0x26)
GUESSED: Colour = (0x2B, 0x6C, 0xB8)
"""Of outlines that weren't seen: their place is the word of their neighbours."""
COLOURS: dict[Standing, Colour] = {"marked": SURE, "empty": SURE, "ask": ASK, "black": BLACK}

_STANDINGS: dict[str, Standing] = {"marked": "marked", "empty": "empty", "black": "black"}


def standing_of(look: Look) -> Standing:
    """Return what is told of a box by itself."""
    return _STANDINGS.get(look.verdict, "ask")


def pale(colour: Colour, share: float) -> Colour:
    """Return a colour thinned with white: a share of 0 leaves nothing of it."""
    red, green, blue = (round(255 - share * (255 - part)) for part in colour)
    return red, green, blue

"""What the form itself says, apart from answers. Written by one side, known by heart by the other.

Pure: reading a form needs no library that writes one. A template's own body is never written (its
header and footer are, and reading leaves them alone), so these are all the words of an untouched
form. Forms that are out there keep the words they were made with: whoever changes one of the fixed
texts makes every form that comes back from before ask what is typed there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from s2c_forms.form.fields import fields_of
from s2c_forms.form.rubric import Part, Rubric
from s2c_forms.words import say

# Word writes the first as an element of its own, and people can't see the others.
_REWRITTEN = str.maketrans({"\u2011": "-", "\u00ad": None, "\u200b": None, "\ufeff": None})


def key_of(text: str) -> str:
    """Return what tells texts apart: not case, blanks, or how a hyphen is written down."""
    return " ".join(text.translate(_REWRITTEN).split()).casefold()


def instruction(rubric: Rubric) -> str:
    """Return the line that says how to fill in the form."""
    return say(
        "On screen: click in a field, then type or choose. "
        "On paper: ring the score, cross the boxes.",
        rubric.language,
    )


def title_of_part(part: Part) -> str:
    """Return what stands above a part's table."""
    return f"{part.number}  {part.title}"


def column_titles(rubric: Rubric) -> tuple[str, str, str, str]:
    """Return what stands above the columns: number, factor, the scale's points, score."""
    language = rubric.language
    points = " · ".join(f"{point.value} = {point.label}" for point in rubric.scale)
    return say("No.", language), say("Factor", language), points, say("Score", language)


def guide_texts(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """Yield every text of the guide, after the name of its style."""
    for block in rubric.guide:
        texts = [("Heading1", block.heading), ("FormGuide", block.paragraph)]
        texts += [("FormGuideList", text) for text in block.list]
        yield from ((style, text.format(**rubric.placeholders)) for style, text in texts if text)


@lru_cache(maxsize=64)
def own_texts(rubric: Rubric) -> Mapping[str, int]:
    """Return the keys of all that the form says, and how often it does; numbers apart."""
    number, factor, points, score = column_titles(rubric)
    texts = [rubric.title, rubric.header_note, instruction(rubric)]
    for part in rubric.parts:
        texts += [title_of_part(part), number, f"{factor}\t{points}", score]
    texts += [field.label for field in fields_of(rubric)]
    texts += [text for _, text in guide_texts(rubric)]
    return Counter(key for key in map(key_of, texts) if key)


@lru_cache(maxsize=64)
def keys_beside(rubric: Rubric) -> Mapping[str, frozenset[str]]:
    """Return the keys of what stands in the row of each field, by its id: label, and number."""
    numbers = {factor.score: [factor.number] for factor in rubric.factors}
    return {
        field.id: frozenset(map(key_of, [field.label, *numbers.get(field.id, [])]))
        for field in fields_of(rubric)
    }

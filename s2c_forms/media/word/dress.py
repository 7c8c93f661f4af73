"""What was highlighted or struck out by hand: it may be meant as an answer, or as its opposite."""

from collections.abc import Iterator, Sequence

from s2c_forms.form.fields import Field, fields_of
from s2c_forms.form.filled import Doubt
from s2c_forms.form.kinds import clean
from s2c_forms.media.word.document import Piece, text_of
from s2c_forms.media.word.prompts import is_prompt
from s2c_forms.media.word.search import Search, cells_of, controls_of, where_of
from s2c_forms.media.word.strays import Places, printed_cells

_MARKED = frozenset({"highlight", "struck"})


def find_dressed(search: Search) -> Iterator[Doubt]:
    """Yield a doubt for every answer, prompt and row that was marked by hand."""
    for field in fields_of(search.rubric):
        if raw := _marked(search, field):
            yield Doubt("marked_by_hand", where_of(field, search.rubric), field.id, raw)
    places = Places(search)
    found: dict[str, list[str]] = {}
    for cell in printed_cells(search):
        marked = _with(search.outside(search.document.cells[cell]), _MARKED)
        if text := clean(text_of(marked)):
            found.setdefault(places.where(cell), []).append(text)
    for where, texts in found.items():
        yield Doubt("marked_by_hand", where, None, "\n".join(texts))


def _pieces(search: Search, field: Field) -> list[Piece]:
    """Return what is written at a field's place, blanks left out."""
    controls = controls_of(search, field)
    places = [control.pieces for control in controls]
    if not controls:
        places = [search.document.cells[cell].pieces for cell in cells_of(search, field)]
    return [piece for pieces in places for piece in pieces if piece.text.strip()]


def _marked(search: Search, field: Field) -> str:
    """Return what was marked in a prompt, or the whole of an answer that has a stroke through it.

    In a prompt, one of whose texts may be meant, anything counts that sets it apart; whoever
    highlights an answer means it all the more.
    """
    pieces = _pieces(search, field)
    text = clean(text_of(pieces))
    is_flagged = any(control.seen.is_prompt for control in controls_of(search, field))
    if not (is_flagged or is_prompt(text, field, search.rubric.language)):
        return text if _with(pieces, frozenset({"struck"})) else ""
    common = frozenset.intersection(*(piece.look for piece in pieces)) - _MARKED if pieces else ()
    return clean(" ".join(p.text.strip() for p in pieces if p.look.difference(common)))


def _with(pieces: Sequence[Piece], look: frozenset[str]) -> list[Piece]:
    return [piece for piece in pieces if piece.look & look]

"""Which layout a sheet was printed with: from the store, or laid out anew of rubrics at hand."""

from functools import cache
from itertools import product

from s2c_forms.errors import RefusedError
from s2c_forms.form.form import Form
from s2c_forms.form.layout import Layout, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.shelf import Shelf
from s2c_forms.form.stamp import PageCode


def layout_of(code: PageCode, shelf: Shelf) -> tuple[Layout, Page, Rubric]:
    """Return the layout and page that a code stands for, and the rubric that it asks.

    A form that was printed before sizes or rubric changed is read with its own geometry, which the
    store kept. Where there is no store, forms with the sizes of today are read all the same.

    Raises:
        RefusedError: the layout isn't known here, or the rubric that it was made of.
    """
    layout = shelf.layouts.get(code.layout_hash) or _laid_out(code.layout_hash, shelf)
    if layout is None:
        raise RefusedError("unknown_layout", layout=code.layout_hash)
    rubric = shelf.rubrics.get(layout.rubric_hash)
    if rubric is None:
        raise RefusedError("unknown_layout", layout=code.layout_hash)
    page = next((page for page in layout.pages if page.number == code.page), None)
    if page is None:
        raise RefusedError("unknown_layout", layout=code.layout_hash)
    return layout, page, rubric


def _laid_out(layout_hash: str, shelf: Shelf) -> Layout | None:
    for rubric in shelf.rubrics.values():
        if found := _layouts(rubric).get(layout_hash):
            return found
    return None


@cache
def _layouts(rubric: Rubric) -> dict[str, Layout]:
    """Return every layout that a rubric has with the sizes of today, by hash."""
    from s2c_forms.media.pdf import layout_of as layout_of_form

    forms = [
        Form(rubric, "", remarks=remarks, roomy=roomy)
        for remarks, roomy in product((True, False), repeat=2)
    ]
    return {layout.hash: layout for layout in map(layout_of_form, forms)}

"""The head's values as they were printed on one copy: what else stands there is handwriting."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from s2c_forms.form.kinds import Value
from s2c_forms.form.layout import Layout, Page
from s2c_forms.form.rubric import Rubric
from s2c_forms.media.pdf import draw_layout
from s2c_forms.media.scan.geometry import PX, flat_size
from s2c_forms.media.scan.raster import DRAWING


def printed_values(
    layout: Layout, page: Page, rubric: Rubric, prefilled: Mapping[str, Value]
) -> NDArray[np.uint8]:
    """Return a page with nothing but its printed values: 255 where they are, rows × columns."""
    bare = replace(page, items=page.entries, marks=(), codes=())
    drawn = draw_layout(replace(layout, pages=(bare,)), rubric, prefilled)
    with DRAWING, pypdfium2.PdfDocument(drawn) as document:
        shown = document[0].render(scale=PX * 25.4 / 72, grayscale=True).to_numpy().squeeze()
    rows, columns = flat_size(layout)
    values = np.zeros((rows, columns), dtype=np.uint8)
    seen = shown[:rows, :columns] < 160
    values[: seen.shape[0], : seen.shape[1]][seen] = 255
    return values

"""The form's tables: head, factors with their indicators, and boxes to write in.

Lengths are in twentieths of a point, as Word has them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from s2c_forms.form.fields import Field, field_index, head_of
from s2c_forms.form.form import Form
from s2c_forms.form.rubric import Factor, Part
from s2c_forms.form.theme import load_theme
from s2c_forms.media.word.controls import Control, control, element, text_element
from s2c_forms.media.word.texts import column_titles

MM = 1440 / 25.4
_NUMBER_WIDTH = round(9 * MM)
_SCORE_MARGIN, _SCORE_POINT = round(4 * MM), round(7 * MM)
_HEAD_ROW, _FACTOR_ROW, _INDICATOR_ROW = (round(height * MM) for height in (8, 6.8, 4.6))
_TAB_MARGIN = round(5 * MM)
_LABEL_SHARE = 0.19  # of the width of the page, a label's column in the head


@dataclass(frozen=True)
class Made:
    """What tables are made of: the form, how much is 1 of its sizes, the width between margins."""

    form: Form
    scale: float
    width: int

    def answer(self, field_id: str) -> list[etree._Element]:
        """Return a field's control, holding what is known beforehand."""
        rubric = self.form.rubric
        ids = field_index(rubric)
        number = list(ids).index(field_id) + 1
        value = self.form.prefilled.get(field_id)
        return control(Control(ids[field_id], number, rubric, value))


@dataclass(frozen=True)
class Cell:
    """A cell to be written: its one paragraph's style, content and further properties."""

    style: str
    content: Sequence[etree._Element]
    span: int = 1
    fill: str = ""
    top: bool = False
    more: tuple[etree._Element, ...] = ()


def text_run(text: str, tab: bool = False) -> etree._Element:
    """Return a run of text, after a tab if so wished."""
    return element("w:r", {}, [*([element("w:tab")] if tab else []), text_element(text)])


def paragraph(
    style: str, content: Sequence[etree._Element], *more: etree._Element
) -> etree._Element:
    """Return a paragraph; `more` are further properties of it."""
    properties = element("w:pPr", {}, [element("w:pStyle", {"w:val": style}), *more])
    return element("w:p", {}, [properties, *content])


def head_table(made: Made) -> etree._Element:
    """Return the table of the head: label, answer, label, answer."""
    fields = head_of(made.form.rubric)
    label = round(made.width * _LABEL_SHARE)
    widths = [label, made.width // 2 - label] * 2
    rows = [
        _row(widths, _head_cells(made, fields[start : start + 2]), round(_HEAD_ROW * made.scale))
        for start in range(0, len(fields), 2)
    ]
    return _table("FormHead", widths, rows, made.form.rubric.title)


def _head_cells(made: Made, fields: Sequence[Field]) -> list[Cell]:
    cells = []
    for field in fields:
        cells.append(Cell("FormLabel", [text_run(field.label)]))
        cells.append(Cell("FormAnswer", made.answer(field.id)))
    empty = [Cell("FormLabel", []), Cell("FormAnswer", [])]
    return cells if len(fields) == 2 else [*cells, *empty]


def part_table(made: Made, part: Part) -> etree._Element:
    """Return the table of a part: a row a factor, and under it a row an indicator."""
    score = _SCORE_MARGIN + len(made.form.rubric.scale) * _SCORE_POINT
    widths = [_NUMBER_WIDTH, made.width - _NUMBER_WIDTH - score, score]
    heading = _row(widths, _heading_cells(made, widths[1]), 0, is_heading=True)
    rows = [row for factor in part.factors for row in _factor_rows(made, factor, widths)]
    return _table("FormFactors", widths, [heading, *rows], f"{part.number} {part.title}")


def _heading_cells(made: Made, width: int) -> list[Cell]:
    """Return the cells that say what the columns are; the scale stands where it is needed."""
    number, factor, points, score = column_titles(made.form.rubric)
    named = [text_run(factor), text_run(points, tab=True)]
    stop = {"w:val": "right", "w:pos": str(width - _TAB_MARGIN)}
    tabs = element("w:tabs", {}, [element("w:tab", stop)])
    return [
        Cell("FormTableHead", [text_run(number)]),
        Cell("FormTableHead", named, more=(tabs,)),
        Cell("FormTableScore", [text_run(score)]),
    ]


def _factor_rows(made: Made, factor: Factor, widths: list[int]) -> Iterator[etree._Element]:
    fill = load_theme().accent_soft
    cells = [
        Cell("FormNumber", [text_run(factor.number)], fill=fill, top=True),
        Cell("Heading2", [text_run(factor.text)], fill=fill, top=True),
        Cell("FormScore", made.answer(factor.score), fill=fill, top=True),
    ]
    yield _row(widths, cells, round(_FACTOR_ROW * made.scale))
    last = len(factor.indicators) - 1
    for place, indicator in enumerate(factor.indicators):
        # All but the last keep the next row by them, so that no page parts a factor.
        style = "FormIndicator" if place == last else "FormIndicatorKept"
        box = Cell("FormTick", made.answer(indicator.id))
        text = Cell(style, [text_run(indicator.text)], span=2)
        yield _row(widths, [box, text], round(_INDICATOR_ROW * made.scale))


def box_table(made: Made, field: Field, height: int) -> etree._Element:
    """Return a box to write in, this high."""
    cell = Cell("FormAnswer", made.answer(field.id))
    rows = [_row([made.width], [cell], height, is_centred=False)]
    return _table("FormBox", [made.width], rows, field.label)


def _table(
    style: str, widths: list[int], rows: Sequence[etree._Element], title: str
) -> etree._Element:
    """Return a table of fixed columns; its title is what screen readers say of it."""
    properties = element(
        "w:tblPr",
        {},
        [
            element("w:tblStyle", {"w:val": style}),
            element("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
            element("w:tblLayout", {"w:type": "fixed"}),
            element("w:tblLook", {"w:val": "0020", "w:firstRow": "1"}),
            element("w:tblCaption", {"w:val": title}),
        ],
    )
    columns = [element("w:gridCol", {"w:w": str(width)}) for width in widths]
    return element("w:tbl", {}, [properties, element("w:tblGrid", {}, columns), *rows])


def _row(
    widths: list[int],
    cells: Sequence[Cell],
    height: int,
    *,
    is_heading: bool = False,
    is_centred: bool = True,
) -> etree._Element:
    properties = [element("w:cantSplit")]
    if height:
        properties.append(element("w:trHeight", {"w:val": str(height), "w:hRule": "atLeast"}))
    if is_heading:
        properties.append(element("w:tblHeader"))
    made, start = [], 0
    for cell in cells:
        made.append(_cell(cell, sum(widths[start : start + cell.span]), is_centred))
        start += cell.span
    return element("w:tr", {}, [element("w:trPr", {}, properties), *made])


def _cell(cell: Cell, width: int, is_centred: bool) -> etree._Element:
    """Return a cell, its properties in the order that Word's schema wants."""
    properties = [element("w:tcW", {"w:w": str(width), "w:type": "dxa"})]
    if cell.span > 1:
        properties.append(element("w:gridSpan", {"w:val": str(cell.span)}))
    if cell.top:
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": load_theme().line}
        properties.append(element("w:tcBorders", {}, [element("w:top", line)]))
    if cell.fill:
        shade = {"w:val": "clear", "w:color": "auto", "w:fill": cell.fill}
        properties.append(element("w:shd", shade))
    if is_centred:
        properties.append(element("w:vAlign", {"w:val": "center"}))
    content = [paragraph(cell.style, cell.content, *cell.more)]
    return element("w:tc", {}, [element("w:tcPr", {}, properties), *content])

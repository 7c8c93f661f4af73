"""Form → Layout: blocks flow over as many pages as they take."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from s2c_forms.form.fields import remarks_of
from s2c_forms.form.form import Form
from s2c_forms.form.layout import frame
from s2c_forms.form.layout.blocks import (
    Block,
    factor_block,
    guide_blocks,
    moved,
    part_block,
    remark_blocks,
)
from s2c_forms.form.layout.model import Item, Layout, Overflow, Page
from s2c_forms.form.layout.sizes import MM, PAGE, load_sizes
from s2c_forms.form.layout.type import Measure, Setting
from s2c_forms.form.rubric import Part

GUIDE_TOP, GUIDE_BOTTOM = 22 * MM, 275 * MM


def lay_out(form: Form, measure: Measure) -> Layout:
    """Return the layout of a form; the same for every copy with the same options."""
    sizes = load_sizes("roomy" if form.roomy else "standard")
    setting = Setting(form.rubric, sizes, measure)
    head, flow_top, overflows = frame.first_head(setting)
    flows = list(_flows(setting, list(_body(setting)), flow_top))
    if form.remarks:
        flows += _flows(setting, remark_blocks(setting), frame.FLOW_TOP)
    sheets = tuple(
        _sheet(setting, number, len(flows), [*(head if number == 1 else []), *flow])
        for number, flow in enumerate(flows, start=1)
    )
    guide = _guide(setting) if form.guide else ()
    width, height = PAGE[0] * MM, PAGE[1] * MM
    found = (*overflows, *_overflows(setting))
    return Layout(form.rubric.hash, width, height, (*sheets, *guide), found)


def _body(setting: Setting) -> Iterator[Block]:
    for index, part in enumerate(setting.rubric.parts):
        yield part_block(setting, part, index)
        for place, factor in enumerate(part.factors):
            yield factor_block(setting, part, factor, ("parts", index, "factors", place))


def _sheet(setting: Setting, number: int, pages: int, items: Sequence[Item]) -> Page:
    head = [] if number == 1 else frame.next_head(setting)
    foot = frame.foot(setting, number, pages)
    return Page(number, (*head, *items, *foot), frame.marks(number), frame.codes())


def _guide(setting: Setting) -> tuple[Page, ...]:
    pages = _paged(guide_blocks(setting), GUIDE_TOP, GUIDE_TOP, GUIDE_BOTTOM)
    return tuple(
        Page(0, (*frame.next_head(setting), *_placed(blocks, GUIDE_TOP, GUIDE_BOTTOM)))
        for blocks in pages
        if blocks
    )


def _flows(setting: Setting, blocks: list[Block], top: float) -> Iterator[list[Item]]:
    """Yield the placed items of page after page; a part that goes on has its band again."""
    part: Part | None = None
    for number, page in enumerate(_paged(blocks, top, frame.FLOW_TOP, frame.FLOW_BOTTOM)):
        goes_on = bool(page) and page[0].part is not None and page[0].part is part
        again = [_again(setting, page[0].part)] if goes_on and page[0].part else []
        yield list(_placed([*again, *page], frame.FLOW_TOP if number else top, frame.FLOW_BOTTOM))
        part = page[-1].part if page else None


def _again(setting: Setting, part: Part) -> Block:
    return part_block(setting, part, setting.rubric.parts.index(part), again=True)


def _paged(
    blocks: list[Block], first_top: float, next_top: float, bottom: float
) -> Iterator[list[Block]]:
    """Share blocks out over pages: as many on each as fit, no heading last."""
    page: list[Block] = []
    y = first_top
    for place, block in enumerate(blocks):
        follower = blocks[place + 1] if block.opens and place + 1 < len(blocks) else None
        needed = block.height + (follower.gap + follower.height if follower else 0)
        gap = block.gap if page else 0
        if page and y + gap + needed > bottom:
            yield page
            goes_on = block.part is not None and not block.opens
            page, gap = [], 0
            y = next_top + (_band_height(blocks, block.part) if goes_on else 0)
        page.append(block)
        y += gap + block.height
    yield page


def _band_height(blocks: list[Block], part: Part | None) -> float:
    """Return the room that a part's repeated band takes, with the gap under it."""
    band = next(block for block in blocks if block.part is part and block.opens)
    return band.height + band.gap


def _placed(blocks: Sequence[Block], top: float, bottom: float) -> Iterator[Item]:
    """Yield items at their place on the page; spare room is shared out between the blocks."""
    used = sum(block.height for block in blocks) + sum(block.gap for block in blocks[1:])
    wanted = sum(block.stretch for block in blocks[1:])
    share = min(1.0, max(0.0, bottom - top - used) / wanted) if wanted else 0.0
    y = top
    for place, block in enumerate(blocks):
        y += block.gap + block.stretch * share if place else 0
        yield from moved(block.items, y)
        y += block.height


def _overflows(setting: Setting) -> Iterator[Overflow]:
    """Yield what doesn't fit: in a block, or a factor too tall for a page."""
    room = frame.FLOW_BOTTOM - frame.FLOW_TOP
    bands: dict[str, float] = {}
    for block in _body(setting):
        yield from block.overflows
        if block.opens and block.part:
            bands[block.part.id] = block.height + block.gap
    for index, part in enumerate(setting.rubric.parts):
        for place, factor in enumerate(part.factors):
            path = ("parts", index, "factors", place)
            height = factor_block(setting, part, factor, path).height
            if height + bands[part.id] > room:
                yield Overflow(path, factor.text)
    yield from _tall(setting, room)


def _tall(setting: Setting, room: float) -> Iterator[Overflow]:
    """Yield remarks and paragraphs of the guide that are taller than a page."""
    for field, block in zip(remarks_of(setting.rubric), remark_blocks(setting), strict=True):
        if block.height > room:
            yield Overflow((*frame.source_of(setting, field), "lines"), field.label)
    for index in range(len(setting.rubric.guide)):
        alone = replace(setting.rubric, guide=setting.rubric.guide[index : index + 1])
        blocks = guide_blocks(replace(setting, rubric=alone))
        if any(block.height > GUIDE_BOTTOM - GUIDE_TOP for block in blocks):
            yield Overflow(("guide", index), alone.guide[0].paragraph or alone.guide[0].heading)

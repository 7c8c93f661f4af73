"""Pictures of answers on paper, in a terminal and as files."""

import io

import pytest
from PIL import Image, ImageDraw

from s2c_forms.cli.picture import can_draw, drawn, write_pictures
from s2c_forms.errors import WriteError


def picture(size: tuple[int, int], *lines: tuple[int, int, int, int], paper: int = 240) -> bytes:
    """Paper with lines of a pen on it, as PNG."""
    made = Image.new("L", size, paper)
    for line in lines:
        ImageDraw.Draw(made).line(line, 60, 3)
    data = io.BytesIO()
    made.save(data, "PNG")
    return data.getvalue()


def test_ink_is_where_it_is_on_the_paper():
    lines = drawn(picture((96, 96), (0, 0, 95, 95)))
    assert 20 <= len(lines) <= 24
    starts = [len(line) - len(line.lstrip()) for line in lines]
    assert starts == sorted(starts)
    assert max(map(len, lines)) == 48
    assert all("█" in line for line in lines)


@pytest.mark.parametrize("paper", [255, 200, 150])
def test_paper_is_empty_whatever_its_colour(paper):
    assert drawn(picture((96, 48), paper=paper)) == [""]


def test_a_faint_stroke_is_seen():
    made = Image.new("L", (480, 240), 245)
    ImageDraw.Draw(made).line((40, 200, 440, 40), 190, 3)
    data = io.BytesIO()
    made.save(data, "PNG")
    assert len(drawn(data.getvalue())) == 8


def test_writing_on_one_line_takes_the_room_there_is():
    written = picture((960, 60), (10, 5, 950, 55))
    assert max(map(len, drawn(written))) <= 48
    wide = drawn(written, 150)
    assert 90 < max(map(len, wide)) <= 150
    assert len(wide) > len(drawn(written))


def test_colour_and_transparency_are_pictures_too():
    for mode in ("RGB", "RGBA", "1", "P"):
        made = Image.open(io.BytesIO(picture((96, 96), (0, 48, 95, 48)))).convert(mode)
        data = io.BytesIO()
        made.save(data, "PNG")
        assert any("█" in line for line in drawn(data.getvalue()))


def test_only_letters_that_stdout_takes_are_drawn(monkeypatch):
    class Out(io.StringIO):
        encoding = "latin-1"

    monkeypatch.setattr("sys.stdout", Out())
    assert not can_draw()
    Out.encoding = "utf-8"
    assert can_draw()
    Out.encoding = "cp437"  # of old consoles, which have blocks
    assert can_draw()
    Out.encoding = "nonsense"
    assert not can_draw()


def test_pictures_are_written_beside_each_other(tmp_path):
    path = tmp_path / "mark.png"
    assert [p.name for p in write_pictures([b"1", b"2", b"3"], path)] == [
        "mark.png",
        "mark-2.png",
        "mark-3.png",
    ]
    assert (tmp_path / "mark-2.png").read_bytes() == b"2"
    with pytest.raises(WriteError, match="can't be written"):
        write_pictures([b"1"], tmp_path / "nowhere" / "mark.png")

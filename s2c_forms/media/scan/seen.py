"""What is seen on one page, before it is known which pages belong together."""

from dataclasses import dataclass

from s2c_forms.errors import RefusedError
from s2c_forms.form.filled import Cutout, Doubt, PageState, RawAnswer
from s2c_forms.form.stamp import PageCode
from s2c_forms.media.scan.marks import Measured
from s2c_forms.media.scan.outlines import Outline
from s2c_forms.words import Message


@dataclass(frozen=True)
class PageSeen:
    """One page of a file.

    Attributes:
        page: its number in the file, from 1.
        state: `read` where its answers were read, whether or not they are sure.
        code: what its QR codes say; None where none was read.
        layout_hash: of the layout that it was printed with; empty where that isn't known.
        rubric_hash: of the rubric that it asks; empty where that isn't known.
        answers: what stands on it.
        doubts: what isn't sure on it.
        cutouts: pictures of the places of its answers.
        verdicts: what each of its boxes says.
        ink: how dark each part of a box and of a place to write is, as a fingerprint: bytes.
        reason: why it isn't read.
        refusal: the same, where it is a reason to refuse a whole file that has nothing else.
    """

    page: int
    state: PageState
    code: PageCode | None = None
    layout_hash: str = ""
    rubric_hash: str = ""
    answers: tuple[RawAnswer, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    cutouts: tuple[Cutout, ...] = ()
    verdicts: tuple[str, ...] = ()
    ink: bytes = b""
    reason: Message | None = None
    refusal: RefusedError | None = None


@dataclass(frozen=True)
class Look:
    """One box as it was looked at: for drawing over a page, and for a gallery of all boxes."""

    field_id: str
    state: str
    outline: Outline
    measured: Measured
    verdict: str

"""A form: a rubric, made out for one copy. This is what a medium writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.form.stamp import Stamp

Boxes = Literal["checks", "symbols"]


@dataclass(frozen=True)
class Form:
    """One copy of a form.

    Attributes:
        rubric: what is asked.
        form_id: which copy this is.
        prefilled: values of head fields known beforehand, by field id.
        remarks: whether it has the page with room to write.
        guide: whether the instrument's guide comes with it.
        roomy: whether it has the larger sizes.
        boxes: how a workbook's boxes are ticked: by clicking (`checks`, in Excel of Microsoft 365),
            or by choosing ☐ or ☑ from a list (`symbols`, everywhere).
    """

    rubric: Rubric
    form_id: str
    prefilled: Mapping[str, Value] = field(default_factory=dict)
    remarks: bool = True
    guide: bool = False
    roomy: bool = False
    boxes: Boxes = "checks"

    @property
    def stamp(self) -> Stamp:
        """Return what is stamped into the file."""
        return Stamp(self.rubric.id, self.rubric.version, self.rubric.hash, self.form_id)

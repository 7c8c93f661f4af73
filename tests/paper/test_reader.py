"""The reader on pages of the simulator: nothing silently wrong, and nothing lost without a word.

A few forms of each severity; `bench/scan.py` reads hundreds, and says how often a person is asked.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from s2c_forms import api
from s2c_forms.form.shelf import shelf_of
from tests.paper.corpus import SEVERITIES, Severity, make_case
from tests.paper.scored import PageScore, score

pytestmark = pytest.mark.slow
FORMS = [(7, False), (8, False), (9, True)]
MOST_ASKED = {"clean": 0.06, "office": 0.08, "poor": 0.25, "phone": 0.2}
"""Share of clear boxes, of so few forms: one person with a pale pencil makes a difference."""


def scores(seed: int, severity: Severity, roomy: bool, folder: Path) -> list[PageScore]:
    case = make_case(seed, severity, roomy=roomy)
    shelf = shelf_of([case.form.rubric])
    shelf = replace(shelf, copies={case.form.form_id: case.form.prefilled})
    found = []
    for page in case.pages:
        path = folder / f"{page.number}{page.suffix}"
        path.write_bytes(page.data)
        found.append(score(case, page, api.read_file(path, shelf)))
    return found


@pytest.mark.parametrize("severity", SEVERITIES)
def test_no_clear_box_is_silently_wrong(severity, tmp_path):
    pages = [page for seed, roomy in FORMS for page in scores(seed, severity, roomy, tmp_path)]
    fates = {page.fate for page in pages}
    assert fates == {"read"} if severity in ("clean", "office") else "silent" not in fates
    clear = [box for page in pages for box in page.boxes if box.cls == "clear"]
    assert len(clear) > 150
    wrong = [box for box in clear if box.verdict not in ("right", "asked")]
    assert wrong == []
    asked = sum(box.verdict == "asked" for box in clear) / len(clear)
    assert asked <= MOST_ASKED[severity]

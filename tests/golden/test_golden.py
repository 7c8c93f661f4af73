"""Forms are what they were: compared as data with checked-in files, never as bytes.

After a change that is meant, look at the forms themselves, then write the files anew with
`S2C_GOLDEN=write pytest tests/golden` and read what changed in the diff.
"""

import json
import os
from pathlib import Path

import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.rubric_file import load_rubric
from s2c_forms.media import MEDIA, medium
from tests.conftest import ROOT
from tests.golden.dumps import DUMPS

FORM_ID = "S2C4GGXY"
FOLDER = Path(__file__).parent
RUBRICS = {
    "own": ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml",
    "second": ROOT / "tests" / "files" / "second-instrument-1.yaml",
}


@pytest.mark.golden
@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("which", RUBRICS)
def test_a_form_is_what_it_was(name, which, tmp_path):
    path = tmp_path / f"form{medium(name).SUFFIX}"
    medium(name).write(Form(load_rubric(RUBRICS[which]), FORM_ID), path)
    found = json.dumps(DUMPS[name](path.read_bytes()), ensure_ascii=False, indent=1) + "\n"
    golden = FOLDER / f"{which}-{name}.json"
    if os.environ.get("S2C_GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(golden.read_text(encoding="utf-8"))

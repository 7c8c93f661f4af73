"""Whatever is done to a form's file, its reader refuses it or reads it; nothing else leaves it."""

import os
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from s2c_forms import api
from tests.fuzzing.mutations import mutations_of
from tests.fuzzing.readers import READERS, read_or_refuse
from tests.fuzzing.seeds import seed, shelf

_SCANS = (".png", ".jpg", ".tif", ".scan.pdf")
_FEW, _MANY = (4, 25) if os.environ.get("CI") else (2, 10)
# The same files in every run: what is found once is found again, and nothing fails by chance.
bounded = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("suffix", READERS)
def test_the_form_itself_is_read(suffix):
    assert read_or_refuse(suffix, seed(suffix)) == "read"


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix not in _SCANS])
@settings(bounded, max_examples=_MANY)
@given(random=st.randoms(use_true_random=False), data=st.data())
def test_a_changed_form_is_read_or_refused(suffix, random, data):
    change = data.draw(st.sampled_from(mutations_of(suffix)))
    read_or_refuse(suffix, change(seed(suffix), random))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", _SCANS)
@settings(bounded, max_examples=_FEW)
@given(random=st.randoms(use_true_random=False), data=st.data())
def test_a_changed_scan_is_read_or_refused(suffix, random, data):
    change = data.draw(st.sampled_from(mutations_of(suffix)))
    read_or_refuse(suffix, change(seed(suffix), random))


def test_a_batch_of_changed_forms_goes_on_to_its_end(tmp_path):
    suffixes = [suffix for suffix in READERS if suffix not in _SCANS]
    paths = []
    for number, suffix in enumerate(suffixes * 3):
        random = Random(number)
        data = random.choice(mutations_of(suffix))(seed(suffix), random)
        paths.append(tmp_path / f"{number:02}{suffix}")
        paths[-1].write_bytes(data)
    paths.append(tmp_path / "whole.xlsx")
    paths[-1].write_bytes(seed(".xlsx"))
    outcomes = [api.read_file(path, shelf()) for path in paths]
    assert [outcome.path for outcome in outcomes] == paths
    assert all(outcome.records or outcome.refusal for outcome in outcomes)
    assert not [o.path for o in outcomes if o.refusal and o.refusal.code == "our_bug"]
    assert outcomes[-1].records

"""What a server gets of what came back: codes, and no name that is known on this computer.

What a form said word for word, what its file was called and who made it, and pictures of what is
written on paper stay in `Store.private`. Of the rest, every text goes through the same sieve as
what is shown in a workbook.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from s2c_forms.errors import RefusedError
from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import field_index
from s2c_forms.form.filled import RawAnswer
from s2c_forms.form.kinds import Value
from s2c_forms.form.rubric import Rubric
from s2c_forms.records.merge import Version
from s2c_forms.records.names import names_of
from s2c_forms.records.screening import Sieve, names_met, screen, sieve_of, without_names
from s2c_forms.store.names import known_names, made_secret, note_names
from s2c_forms.store.opening import Store

_SUFFIXES = (".xlsx", ".xlsm", ".ods", ".docx", ".odt", ".pdf", ".tif", ".tiff", ".png", ".jpg")


def learn_names(store: Store, version: Version, rubric: Rubric) -> None:
    """Remember here, by digests, the names that stand on a form where a code belongs."""
    if met := names_met([version], {rubric.hash: rubric}):
        note_names(store, names_of(made_secret(store), (), met).digests)


def shared_sieve(store: Store, language: str = "en") -> Sieve:
    """Return what keeps names out of what goes to the server."""
    return sieve_of(known_names(store), language)


def shared_version(store: Store, version: Version, rubric: Rubric) -> Version:
    """Return of a version what goes to the server."""
    sieve = shared_sieve(store, rubric.language)
    (screened,) = screen([version], {rubric.hash: rubric}, sieve, {})
    evidence = tuple(_evidence(version.record.evidence, rubric, sieve))
    return replace(screened, record=replace(screened.record, evidence=evidence))


def _evidence(told: Iterable[RawAnswer], rubric: Rubric, sieve: Sieve) -> Iterable[RawAnswer]:
    index = field_index(rubric)
    for one in told:
        field = index.get(one.field_id)
        if field is None or (field.kind == "pseudonym" and not is_code(field, one.raw)):
            continue
        yield replace(one, raw=sieve.text(one.raw), where=sieve.text(one.where))


def shared_head(store: Store, head: Mapping[str, Value], rubric: Rubric) -> dict[str, Value]:
    """Return of the head of a form what goes to the server: of people nothing but codes."""
    index, sieve = field_index(rubric), shared_sieve(store, rubric.language)
    told: dict[str, Value] = {}
    for id_, value in head.items():
        field = index.get(id_)
        if field and field.kind == "pseudonym" and not is_code(field, str(value)):
            continue
        told[id_] = sieve.text(value) if isinstance(value, str) else value
    return told


def shared_name(secret: bytes, name: str) -> str:
    """Return what the server calls a file: its name tells of nobody, and is the same each time."""
    digest = hashlib.blake2b(name.encode(errors="replace"), digest_size=6, key=secret).hexdigest()
    suffix = PurePath(name).suffix.lower()
    return f"{digest}{suffix if suffix in _SUFFIXES else ''}"


def shared_refusal(refusal: RefusedError | None, sieve: Sieve) -> RefusedError | None:
    """Return why a file isn't read, as it goes to the server."""
    if refusal is None:
        return None
    return RefusedError(refusal.code, **without_names(dict(refusal.what.values), sieve))

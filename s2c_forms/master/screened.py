"""What a book is made of, with names kept out: files, and the sieve for everything else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from s2c_forms.errors import RefusedError
from s2c_forms.form.codes import is_code
from s2c_forms.form.fields import field_index, fields_of
from s2c_forms.form.stamp import spaced
from s2c_forms.records.decide import Desk
from s2c_forms.records.merge import Rubrics, Version
from s2c_forms.records.names import find, joined, names_of
from s2c_forms.records.screening import (
    OPEN,
    Sieve,
    names_met,
    names_typed,
    sieve_of,
    without_names,
)
from s2c_forms.store import Store, StoredFile, display_names
from s2c_forms.store.heads import names_in_heads
from s2c_forms.store.names import digests_of, names_allowed, secret_of

_MOST = 4  # forms that a file is called by: a stack from the scanner may hold a hundred
_SUFFIX = 6  # letters, the dot among them: `.xlsx`


@dataclass(frozen=True)
class Shown:
    """Files as they are shown.

    Attributes:
        files: under names without names in them.
        names: by content, how a file is called.
        findings: by content, codes of problems with a file's name and properties.
    """

    files: tuple[StoredFile, ...]
    names: Mapping[str, str]
    findings: Mapping[str, tuple[str, ...]]


def sieve_for(store: Store, versions: Sequence[Version], desk: Desk, rubrics: Rubrics) -> Sieve:
    """Return what keeps the names out that this store knows: of a key, met on forms, and typed."""
    if names_allowed(store):
        return OPEN
    fields = [field for rubric in rubrics.values() for field in fields_of(rubric)]
    language = [rubric.language for rubric in rubrics.values()][-1]
    met = names_met(versions, rubrics) | names_typed(desk, fields)
    met |= {name for _, name in names_in_heads(store, rubrics.values())}
    names = names_of(secret_of(store), (), met)
    return sieve_of(joined(names, digests_of(store)), language)


def shown(
    files: Iterable[StoredFile], versions: Iterable[Version], rubrics: Rubrics, sieve: Sieve
) -> Shown:
    """Return files without names; one whose name holds a name is called by its form and codes."""
    if sieve.is_open:
        told = list(files)
        return Shown(tuple(told), display_names(told), {})
    of_file: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        of_file[version.sha256].append(version)
    told = []
    findings: dict[str, list[str]] = defaultdict(list)
    for file in files:
        told.append(_screened(file, of_file[file.sha256], rubrics, sieve))
        findings[file.sha256] += _found(file, sieve)
    unique = {sha256: tuple(dict.fromkeys(codes)) for sha256, codes in findings.items()}
    return Shown(tuple(told), display_names(told), unique)


def called(versions: Iterable[Version], names: Mapping[str, str]) -> list[Version]:
    """Return versions with their files called by these names."""
    return [replace(version, file=names[version.sha256]) for version in versions]


def _found(file: StoredFile, sieve: Sieve) -> list[str]:
    codes = []
    if find(file.name, sieve.names) or find(file.folder, sieve.names):
        codes.append("name_in_file_name")
    if any(find(text, sieve.names) for text in (*file.authors, file.program)):
        codes.append("name_in_properties")
    return codes


def _screened(
    file: StoredFile, versions: list[Version], rubrics: Rubrics, sieve: Sieve
) -> StoredFile:
    name = sieve.text(file.name)
    if name != file.name and versions and not file.refusal:
        name = _by_forms(file.name, versions, rubrics)
    return replace(
        file,
        name=name,
        folder=sieve.text(file.folder),
        program=sieve.text(file.program),
        refusal=refusal_without(file.refusal, sieve),
        authors=(),
    )


def refusal_without(refusal: RefusedError | None, sieve: Sieve) -> RefusedError | None:
    """Return why a file isn't read, without names in what it tells of the file."""
    if refusal is None:
        return None
    return RefusedError(refusal.code, **without_names(dict(refusal.what.values), sieve))


def _by_forms(name: str, versions: list[Version], rubrics: Rubrics) -> str:
    """Return the name of a file by the forms in it and whose they are: `K7QF-2M9X C-012.xlsx`."""
    told = [spaced(version.form_id) for version in versions[:_MOST]]
    for version in versions[:_MOST]:
        for field in field_index(rubrics[version.record.stamp.hash]).values():
            value = version.record.values.get(field.id)
            if field.kind == "pseudonym" and isinstance(value, str) and is_code(field, value):
                told.append(value)
    suffix = PurePath(name).suffix
    more = " …" if len(versions) > _MOST else ""
    return " ".join(dict.fromkeys(told)) + more + (suffix if len(suffix) <= _SUFFIX else "")

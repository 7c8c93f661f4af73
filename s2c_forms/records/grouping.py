"""Which versions are of one record: by whose form it is, by form id, and by sheet of paper."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from s2c_forms.records.identity import Identity, identity_of
from s2c_forms.records.photocopies import sheets_of
from s2c_forms.records.version import Rubrics, Version

Identities = Mapping[tuple[str, str, int], Identity]
_Told = list[tuple[Version, Identity]]


def groups_of(versions: Sequence[Version], rubrics: Rubrics) -> dict[str, list[Version]]:
    """Return the versions by the record that they are of."""
    identities = {
        version.name: identity_of(
            version.record, rubrics[version.record.stamp.hash], dict(version.whose)
        )
        for version in versions
    }
    siblings: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        siblings[version.form_id].append(version)
    groups: dict[str, list[Version]] = defaultdict(list)
    for form_id, of_form in siblings.items():
        for key, sheet in _assign(form_id, of_form, identities, rubrics):
            groups[key] += sheet
    return groups


def _assign(
    form_id: str, versions: Sequence[Version], identities: Identities, rubrics: Rubrics
) -> Iterator[tuple[str, list[Version]]]:
    """Yield the versions of one form that are of one record, with the record's key.

    Of several sheets of paper with one identity only the first has its key.
    """
    homes, apart = _by_identity(versions, identities)
    others: list[list[Version]] = []
    for digest, home in sorted(homes.items()):
        first, *rest = sorted(
            sheets_of(home, rubrics),
            key=lambda sheet: not any(identities[version.name].whole for version in sheet),
        )
        yield digest, first
        others += rest
    clusters = _clusters([(version, identities[version.name]) for version in apart])
    own = [sheet for cluster in clusters for sheet in sheets_of(cluster, rubrics)]
    for number, sheet in enumerate((*own, *others), start=1):
        yield form_id if number == 1 else f"{form_id}-{number}", sheet


def _by_identity(
    versions: Sequence[Version], identities: Identities
) -> tuple[dict[str, list[Version]], list[Version]]:
    """Return versions by the whole identity that they are of, and those that are of none.

    A version whose identity has gaps belongs to the only whole identity that it fits. Where it
    fits several it is kept apart; a blank one, which says nothing, goes with any of them.
    """
    wholes = {i.digest: i for version in versions if (i := identities[version.name]).whole}
    homes: dict[str, list[Version]] = defaultdict(list)
    apart: list[Version] = []
    for version in versions:
        mine = identities[version.name]
        fitting = [mine.digest] if mine.whole else [k for k, i in wholes.items() if mine.fits(i)]
        if len(fitting) == 1 or (fitting and version.is_blank):
            homes[min(fitting)].append(version)
        else:
            apart.append(version)
    return homes, apart


def _clusters(versions: Sequence[tuple[Version, Identity]]) -> list[list[Version]]:
    """Return versions that fit each other, in order of their identities.

    Two that contradict each other are never of one record, though a third one, with less in its
    head, fits both. A blank one says nothing, so it may go with any that it fits.
    """
    speaking = [found for found in versions if not found[0].is_blank]
    clusters = [cluster for near in _near(speaking) for cluster in _without_contradiction(near)]
    clusters.sort(key=_first_identity)
    for found in versions:
        if found[0].is_blank:
            fitting = (c for c in clusters if all(found[1].fits(other) for _, other in c))
            home = next(fitting, None)
            if home is None:
                clusters.append([found])
            else:
                home.append(found)
    return [[version for version, _ in cluster] for cluster in clusters]


def _first_identity(cluster: _Told) -> str:
    return min(str(identity.answers) for _, identity in cluster)


def _near(versions: _Told) -> list[_Told]:
    """Return versions in groups that hang together, one fitting the next."""
    groups: list[_Told] = []
    for version in versions:
        near = [group for group in groups if any(version[1].fits(other[1]) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([version, *(member for group in near for member in group)])
    return groups


def _without_contradiction(group: _Told) -> list[_Told]:
    """Return a group whole where all of it fits; else those of equal identity together."""
    if all(one.fits(other) for (_, one), (_, other) in combinations(group, 2)):
        return [group]
    equal: dict[object, _Told] = defaultdict(list)
    for version, identity in group:
        equal[identity.answers].append((version, identity))
    return list(equal.values())

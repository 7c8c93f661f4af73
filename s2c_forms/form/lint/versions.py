"""What a newer version of a rubric says about the ids of the versions before it."""

from s2c_forms.form.lint.places import FACTOR, INDICATOR, PART, Findings, asked, doubles, texts_at
from s2c_forms.form.rubric_file import Path_, Source
from s2c_forms.words import mark

_IDS = (
    *asked("id"),
    (*PART, "id"),
    (*FACTOR, "id"),
    (*FACTOR, "score"),
    (*INDICATOR, "id"),
)


def renamed(source: Source) -> Findings:
    """Find renamings to an id that isn't there, of one that still is, or two to the same."""
    ids = {text for _, text in texts_at(source, *_IDS)}
    pairs = _pairs(source)
    steps = {was: now for _, was, now in pairs}
    for path, was, now in pairs:
        if was in ids:
            yield source.finding(
                path,
                mark("`renamed` says that `{was}` has another id now, but it still stands here."),
                mark("Take this line out, or give what stands here an id of its own."),
                was=was,
            )
        elif _end(now, steps) not in ids:
            yield source.finding(
                path,
                mark("`renamed` says that `{was}` is `{now}` now, which is no id here."),
                mark("Look at its spelling; leave the line out where the question was dropped."),
                was=was,
                now=now,
            )
    yield from doubles(
        source,
        ((path, now) for path, _, now in pairs),
        mark("`renamed` gives two the id `{text}`; line {first} did already."),
        mark("Keep one of the two: each answer comes from one question."),
    )


def _pairs(source: Source) -> list[tuple[Path_, str, str]]:
    """Return each renaming with its place: old id, new id."""
    told = source.data.get("renamed")
    if not isinstance(told, dict):
        return []
    texts = [(was, now) for was, now in told.items() if isinstance(now, str)]
    return [(("renamed", was), was, now) for was, now in texts]


def _end(id_: str, steps: dict[str, str]) -> str:
    """Return where a chain of renamings ends; one that bites its tail ends nowhere."""
    for _ in steps:
        id_ = steps.get(id_, id_)
    return "" if id_ in steps else id_

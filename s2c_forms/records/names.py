"""Names that must stay out of what is shown: known by keyed digests, found in any text.

A name is never kept here as it is written, but as digests of the ways in which people write it:
whole, without its blanks, and each of its telling words by itself. A text is looked at word by
word, and folded first: case, accents and blanks hide no name.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

Span = tuple[int, int]

MOST_WORDS = 6  # of a name that is found as a whole; its telling words are found anyway
_NEAR = 0.8  # as alike as `Jansen` and `Janssens`, by difflib's measure
_DIGEST = 16  # hexadecimal digits: of a million words in texts, none is taken for another
_CAPITAL = "!"  # before a digest's word: only where it is written with a capital
_FIRST = "^"  # before a digest's word: a name of several words begins with it
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_HUMP = re.compile(r"[^\W\d_A-Z][A-Z]|[^\W\d_]\w*[^\x00-\x7f]")  # maybe: `_places` sees exactly
# What stands between the words of a name and tells of nobody.
_PARTICLES = (
    "a al aan bin da dal de del den der des di do dos du el en et het i ibn in la le op s t te ten"
    " ter van vanden vander von y zu"
)
_BETWEEN = frozenset(_PARTICLES.split())
_JOINT = re.compile(
    r"[\s_'’.-]*(?:(?:al|bin|da|de|del|den|der|di|du|el|het|la|le|'t|’t|te|ten|ter|van|von)"
    r"[\s_-]+)*",
    re.IGNORECASE,
)
# What people write where they have no name to write.
_EXCUSES = (
    "afwezig alle allen anoniem anonymous begeleider beide boven coach code codes collega divers"
    " diverse docent een geen geheim groep heer idem jongen jongere kind klas later leerling meisje"
    " meneer mentor mevrouw moeder naam nader name niet nog none not nvt onbekend onder ouder pupil"
    " school student supervisor teacher team the unknown vader volgt vraag zelf zie"
)
_NO_NAMES = frozenset(_EXCUSES.split())
# Names that are words as well: in a text they are names only where they have a capital.
_WORDS_TOO = (
    "appel april august augustus baard baas bakker bas beer beek berg best bij blauw bloem boer"
    " boom bos brand brood brug bruin buis dam dame dans dekker dijk donker draak engel faith fleur"
    " floor fox geel goede goed graaf grace groen groot grote haan hart heide hemel hof hond hoop"
    " hope huis iris jager jong jonge jonker joy juli june juni kaart kat keizer kerk klaver klein"
    " kleine knop kok koning kort korte kramer kruis kuiper lam lang lange leeuw lente lief linde"
    " lotus maan maas mark may meer mei meijer mol mooi moss muis mulder nacht nieuw noot olie oud"
    " park pauw peer pen pool post prins pronk recht rijk ring rob roos rood rose rozemarijn schaap"
    " schilder schipper slot smit snel snoek spring sterk sterre steen stone storm summer ties"
    " timmerman tuin vet visser vlieg vogel vos vrolijk water wever will winter wit witte wolf"
    " young zee zeeman zilver zomer zon zwaan zwart"
)
_ORDINARY = frozenset(_WORDS_TOO.split())
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """Return a text as names are compared: without case and accents."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in bare if not unicodedata.combining(char))


def words_of(text: str) -> tuple[str, ...]:
    """Return a text's words, folded."""
    return tuple(fold(found[0]) for found in _WORD.finditer(text))


def spelling(name: str) -> str:
    """Return a name so that its spellings are equal: `Vries, Anna  de` is `annadevries`."""
    return "".join(words_of(_forward(name)))


def _forward(name: str) -> str:
    """Return `Vries, Anna de` as `Anna de Vries`."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name


def is_telling(name: str) -> bool:
    """Return whether a text has a word that may be somebody's name."""
    return any(len(word) > 1 and word not in _BETWEEN | _NO_NAMES for word in words_of(name))


def is_near(name: str, other: str) -> bool:
    """Return whether two names that aren't equal may be one person's: for a person to say."""
    mine, theirs = set(words_of(name)), set(words_of(other))
    telling = (mine - _BETWEEN) & (theirs - _BETWEEN)
    if any(len(word) > 1 for word in telling) and _may_be_one(mine - theirs, theirs - mine):
        return True
    ratio = SequenceMatcher(None, spelling(name), spelling(other), autojunk=False).ratio()
    return ratio >= _NEAR


def _may_be_one(mine: set[str], theirs: set[str]) -> bool:
    """Return whether what only one of two names has may be left out, or is an initial."""
    mine, theirs = mine - _BETWEEN, theirs - _BETWEEN
    if not mine or not theirs:
        return True
    firsts = {word[0] for word in theirs}
    return all(word[0] in firsts for word in mine) and any(len(w) == 1 for w in mine | theirs)


@dataclass(frozen=True)
class Names:
    """Names to keep out.

    Attributes:
        secret: what digests are keyed with.
        digests: of every way in which the names are written.
    """

    secret: bytes = b""
    digests: frozenset[str] = frozenset()

    def knows(self, written: str) -> bool:
        """Return whether folded words, joined by a blank, are a name or tell of one."""
        return _digest(self.secret, written) in self.digests


NOBODY = Names()


def names_of(secret: bytes, surely: Iterable[str], perhaps: Iterable[str] = ()) -> Names:
    """Return names to keep out.

    Args:
        secret: what digests are keyed with.
        surely: names that are names, such as those of a key.
        perhaps: what stood in a field of codes and is none: a name, or a remark such as
            `zie vorige keer`, whose words would be found in every text.
    """
    ways = {way for name in surely for way in _ways(name, is_sure=True)}
    ways |= {way for name in perhaps for way in _ways(name, is_sure=False)}
    return Names(secret, frozenset(_digest(secret, way) for way in ways))


def joined(names: Names, digests: Iterable[str]) -> Names:
    """Return names together with others that are known by their digests, of the same secret."""
    return Names(names.secret, names.digests | frozenset(digests))


@lru_cache(maxsize=200_000)  # texts repeat their words
def _digest(secret: bytes, written: str) -> str:
    return hmac.digest(secret, written.encode(), hashlib.sha256).hex()[:_DIGEST]


def _ways(name: str, *, is_sure: bool) -> Iterator[str]:
    """Yield the ways in which a name is written, folded; several words joined by a blank."""
    name = _forward(name)
    for humps in (False, True):
        found = [name[start:end] for start, end in _places(name, humps=humps)]
        telling = [word for word in found if fold(word) not in _BETWEEN | _NO_NAMES]
        words = [fold(word) for word in found]
        if len(found) > 1 and telling and (is_sure or _NO_NAMES.isdisjoint(words)):
            yield from (" ".join(words[:MOST_WORDS]), "".join(words), _FIRST + words[0])
        # `zie vorige keer` has words that are no names; `Anna de Vries`, and `anna`, have not.
        named = is_sure or len(found) == 1 or all(word[0].isupper() for word in telling)
        for word in telling:
            if len(word) > 1:
                is_plain = named and len(word) > 2 and fold(word) not in _ORDINARY
                yield fold(word) if is_plain else _CAPITAL + fold(word)


def _places(text: str, *, humps: bool) -> list[Span]:
    """Return where words stand in a text; with humps, `AnnaDeVries` is three."""
    places: list[Span] = []
    for found in _WORD.finditer(text):
        start = found.start()
        for place in range(start + 1, found.end()):
            if humps and text[place].isupper() and text[place - 1].islower():
                places.append((start, place))
                start = place
        places.append((start, found.end()))
    return places


def find(text: str, names: Names) -> list[Span]:
    """Return where names stand in a text, in order; what touches is one place."""
    return list(_spans(text, names)) if names.digests and text else []


@lru_cache(maxsize=50_000)  # a text is looked at in version, record and question
def _spans(text: str, names: Names) -> tuple[Span, ...]:
    looks = (False, True) if _HUMP.search(text) else (False,)
    spans = {span for humps in looks for span in _found(text, names, humps=humps)}
    return tuple(_together(sorted(spans), text))


def _found(text: str, names: Names, *, humps: bool) -> Iterator[Span]:
    places = _places(text, humps=humps)
    words = [fold(text[start:end]) for start, end in places]
    for first, (start, end) in enumerate(places):
        if _is_word_of_name(text[start], words[first], names):
            yield start, end
        if names.knows(_FIRST + words[first]):
            for last in range(first + 2, min(first + MOST_WORDS, len(words)) + 1):
                if names.knows(" ".join(words[first:last])):
                    yield start, places[last - 1][1]


def _is_word_of_name(initial: str, word: str, names: Names) -> bool:
    ways = [word, *([_CAPITAL + word] if initial.isupper() else [])]
    if word.endswith("s") and len(word) > 3:  # `Jans boek`
        ways += [way[:-1] for way in ways]
    return any(names.knows(way) for way in ways)


def _together(spans: list[Span], text: str) -> list[Span]:
    """Return spans with those made one that have nothing but blanks and `van der` between."""
    told: list[Span] = []
    for start, end in spans:
        if told and (start <= told[-1][1] or _JOINT.fullmatch(text, told[-1][1], start)):
            told[-1] = (told[-1][0], max(end, told[-1][1]))
        else:
            told.append((start, end))
    return told


def mask(text: str, names: Names, instead: str) -> str:
    """Return a text with every name in it replaced."""
    told, done = [], 0
    for start, end in find(text, names):
        told += [text[done:start], instead]
        done = end
    return "".join(told) + text[done:] if told else text


def leaks(texts: Iterable[str], names: Names) -> tuple[str, ...]:
    """Return those of the texts that a name stands in: what is written must have none."""
    return tuple(text for text in dict.fromkeys(texts) if find(text, names))


def fingerprint(name: str, names: Names) -> str:
    """Return what tells a name from others without telling it; its spellings are alike."""
    return _digest(names.secret, f"={spelling(name) or fold(name)}")

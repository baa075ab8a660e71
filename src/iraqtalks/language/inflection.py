"""Infinitive → the forms of the third person, the infinitive and the participles, by the language's tables."""

from functools import cache

from iraqtalks.language import load

_VOWELS = frozenset("aeiouyéèêâîôûàù")


def forms(lemma: str, language: str) -> frozenset[str]:
    """Return the forms of the verb that a report of speech may use, the infinitive among them."""
    data = load(language, "conjugation")
    if lemma in data["irregular"]:
        return frozenset(data["irregular"][lemma])
    for ending, suffixes in data["endings"].items():
        if lemma.endswith(ending):
            stem = lemma[: -len(ending)]
            return frozenset(form for suffix in suffixes for form in _forms(stem, suffix, lemma, data))
    return frozenset({lemma})


def _forms(stem: str, suffix: str, lemma: str, data: dict[str, list[str]]) -> tuple[str, ...]:
    """Join stem and suffix with the spelling changes of verbs in -er; the future has two spellings (répétera, répètera)."""
    if suffix[0] in "aâ" and stem.endswith("c"):
        return (f"{stem[:-1]}ç{suffix}",)
    if suffix[0] in "aâ" and stem.endswith("g"):
        return (f"{stem}e{suffix}",)
    if suffix not in data["mute"]:
        return (stem + suffix,)
    opened = _open_stem(stem, lemma, data) + suffix
    return (opened, stem + suffix) if "é" in stem and suffix.startswith("er") else (opened,)


def _open_stem(stem: str, lemma: str, data: dict[str, list[str]]) -> str:
    """Return the stem before a mute ending: its last e or é opens to è, or its last consonant doubles."""
    if lemma in data["doubling"]:
        return stem + stem[-1]
    last_vowel = max((i for i, letter in enumerate(stem) if letter in _VOWELS), default=-1)
    group = stem[last_vowel + 1 :]
    # One consonant, or a group that begins the next syllable (célèbre); two of a kind (regrette) or two syllables' (reste) do not.
    if (
        last_vowel >= 0
        and stem[last_vowel] in "eé"
        and (len(group) == 1 or (len(group) == 2 and group[1] in "rlu" and group[0] not in "rl"))
    ):
        return f"{stem[:last_vowel]}è{group}"
    return stem


@cache
def lemmas_by_form(subject: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return, for each form of the verbs that `language/<language>/<subject>.yml` lists, the lemmas it may belong to."""
    found: dict[str, list[str]] = {}
    for lemma in load(language, subject)["verbs"]:
        for form in forms(lemma, language):
            found.setdefault(form, []).append(lemma)
    return {form: tuple(lemmas) for form, lemmas in found.items()}

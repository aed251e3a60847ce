"""Learn which letters are meant in Kazakh typed on a Russian keyboard:
`python -m benchmarks.train_letters`

Learns from the Kazakh texts and questions of the train part of the corpus, and writes two files in
`knowledge/words/`. `typed_letters.txt` says which letter a typed one most often stands for between
given neighbours, where fewer neighbours do not say so already. `typed_language.txt`, for which the
Russian texts and questions are read as well, says by which three letters Kazakh so typed is told
from Russian: the logarithm of how much more frequent they are in it. Prints how many words of the
tune documents are restored as they were written.
"""

import math
import re
from collections import Counter, defaultdict
from pathlib import Path

from knowledge.evaluation.corpus import read_corpus
from knowledge.words import typed_letters

_CORPUS = Path(__file__).with_name("reading")
_WRITTEN = Path(typed_letters.__file__).with_name("typed_letters.txt")
_TELLING = _WRITTEN.with_name("typed_language.txt")
_WORD = re.compile(r"[^\W\d_]+")
_SELDOM = 4  # occurrences of three letters, below which they are left out
_ALIKE = 0.7  # absolute logarithm, below which they tell too little


def forms(part: str, language: str = "kk") -> Counter[str]:
    """Return the words in small letters of a part of the corpus, with how often each occurs."""
    found: Counter[str] = Counter()
    for one in read_corpus(_CORPUS / part):
        texts = [q.text for q in one.questions if q.language == language and q.style != "misspelt"]
        if one.document.language == language:
            texts.append(one.document.text)
        found.update(w for text in texts for w in _WORD.findall(text) if w.islower())
    return found


def learn(words: Counter[str]) -> dict[tuple[tuple[int, int], str], str]:
    """Return which letter is meant, by (numbers of letters before and after, those letters with the
    typed one), where fewer letters around it do not say so already.
    """
    counted: dict[tuple[tuple[int, int], str], Counter[str]] = defaultdict(Counter)
    for word, times in words.items():
        for place, around in typed_letters.places(typed_letters.typed(word)):
            for one in zip(typed_letters.AROUND, around, strict=True):
                counted[one][word[place]] += times
    kept: dict[tuple[tuple[int, int], str], str] = {}
    for extent, around in sorted(counted, key=lambda one: typed_letters.AROUND.index(one[0])):
        best = max(counted[extent, around].items(), key=lambda one: (one[1], one[0]))[0]
        shorter = typed_letters.AROUND[: typed_letters.AROUND.index(extent)]
        said = around[extent[0]]
        for before, after in reversed(shorter):
            part = around[extent[0] - before : extent[0] + after + 1]
            if ((before, after), part) in kept:
                said = kept[(before, after), part]
                break
        if best != said:
            kept[extent, around] = best
    return kept


def tell(kazakh: Counter[str], russian: Counter[str]) -> dict[str, float]:
    """Return the logarithm of how much more frequent three letters are in `kazakh`, as it is typed,
    than in `russian`.
    """
    counts = [Counter[str](), Counter[str]()]
    for found, words in zip(counts, (kazakh, russian), strict=True):
        for word, times in words.items():
            for letters in typed_letters.trigrams(typed_letters.typed(word.replace("ё", "е"))):
                found[letters] += times
    own, other = counts
    told = {
        letters: math.log((own[letters] + 1) / own.total())
        - math.log((other[letters] + 1) / other.total())
        for letters in own.keys() | other.keys()
        if own[letters] + other[letters] >= _SELDOM
    }
    return {letters: told[letters] for letters in sorted(told) if abs(told[letters]) >= _ALIKE}


def main() -> None:
    telling = tell(forms("train"), forms("train", "ru"))
    lines = (f"{threes} {odds:.1f}\n" for threes, odds in telling.items())
    _TELLING.write_text("".join(lines), "utf-8")
    kept = learn(forms("train"))
    lines = (f"{around} {before} {letter}\n" for ((before, _), around), letter in kept.items())
    _WRITTEN.write_text("".join(lines), "utf-8")
    tune = forms("tune")
    right = sum(n for w, n in tune.items() if typed_letters.meant(typed_letters.typed(w)) == w)
    other = Counter({w: n for w, n in tune.items() if typed_letters.typed(w) != w})
    restored = sum(n for w, n in other.items() if typed_letters.meant(typed_letters.typed(w)) == w)
    print(f"{len(kept)} places; right: {right} of {tune.total()} words, {restored} of"
          f" {other.total()} of those typed otherwise")  # fmt: skip
    for language in ("kk", "ru"):
        asked = [
            typed_letters.typed(q.text)
            for one in read_corpus(_CORPUS / "tune")
            for q in one.questions
            if q.language == language
        ]
        taken = sum(typed_letters.is_kazakh(text) for text in asked)
        print(f"{language}: {taken} of {len(asked)} questions so typed are taken for Kazakh")


if __name__ == "__main__":
    main()

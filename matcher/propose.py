"""From a sentence somebody is still typing: which codes and groups it speaks of, and whose work it may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.codes import code_reader
from matcher.vocabulary import KINDS, Hit, Kind, Vocabulary, default_vocabulary

_READ = 5000  # characters: nobody types more, and what is pasted must not make anybody wait
_LEAST = 0.15
# Likeness alone, with no wording to show for it, is less sure and must be stronger to be said.
_UNSEEN = 0.7
_LEAST_UNSEEN = 0.35
_MOST: Mapping[Kind, int] = {"service": 5, "beneficiary": 4, "route": 2}


@dataclass(frozen=True)
class Suggestion:
    """A code with how sure it is, 0 to 1, and the wordings that suggested it, with their places."""

    code: str
    score: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Proposal:
    """What a text suggests, best first; `routes` are hints that it is not an organisation's work."""

    codes: tuple[Suggestion, ...]
    groups: tuple[Suggestion, ...]
    routes: tuple[Suggestion, ...]


class Proposer:
    """Proposes codes while somebody types: the vocabulary and nothing else, so it is quick."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or default_vocabulary()
        self._readers = {kind: code_reader(self.vocabulary, kind) for kind in KINDS}

    def propose(self, text: str, title: str = "") -> Proposal:
        """Ranked suggestions; an empty or unreadable text suggests nothing, a long one by its beginning.

        The places in the hits count characters of `title`, a line break and `text`, or of `text` alone
        where there is no title.
        """
        title, text = title[:_READ], text[:_READ]
        whole = f"{title}\n{text}" if title else text
        hits = [hit for hit in self.vocabulary.find(whole) if not hit.negated]
        return Proposal(
            codes=self._suggest("service", hits, title, text),
            groups=self._suggest("beneficiary", hits, title, text),
            routes=self._suggest("route", hits, title, text),
        )

    def _suggest(self, kind: Kind, hits: list[Hit], title: str, text: str) -> tuple[Suggestion, ...]:
        reader = self._readers[kind]
        scores = reader.read([title], [text], [""])[0]
        suggestions = []
        for code, score in zip(reader.codes, scores.tolist(), strict=True):
            of_code = tuple(hit for hit in hits if (hit.kind, hit.code) == (kind, code))
            sure = score if of_code else score * _UNSEEN
            if sure >= (_LEAST if of_code else _LEAST_UNSEEN):
                suggestions.append(Suggestion(code, sure, of_code))
        suggestions.sort(key=lambda suggestion: (-suggestion.score, suggestion.code))
        return tuple(suggestions[: _MOST[kind]])

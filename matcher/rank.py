"""The matcher: a catalogue is fitted once, then each need gets its services in order, with reasons."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.area import ServiceArea
from matcher.beside import NeedReading
from matcher.candidates import Pairs, Places
from matcher.eligibility import NO, VERDICTS, Eligibility, Finding
from matcher.encoder import Encoder
from matcher.explain import Explanation
from matcher.features import PracticalFit
from matcher.judge import Judged, Pair
from matcher.offer import Offer
from matcher.reasons import reason_lists, reasons
from matcher.sheets import check_needs, check_services, records
from matcher.topic import Reading, TopicIndex
from matcher.vocabulary import Vocabulary, default_vocabulary
from matcher.weights import SIGNALS, STANDARD, WITH_MEANING, Weights

MODEL_VERSION = "2.1.0"
MATCH_COLUMNS = ("need_id", "service_id", "rank", "score", "verdict", *SIGNALS, "reasons")
_AT_ONCE = 10_000  # needs read in one go
_PAIRS = 200_000  # pairs judged in one go: bounds the memory whatever the size of the catalogue


class Matcher(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Rank the services of a catalogue for each need.

    Parameters
    ----------
    vocabulary : Vocabulary, optional
        Codes and wordings; those that come with the matcher by default.
    stale_after : float
        Days after which an unverified catalogue entry's figures count as unknown.
    weights : Weights, optional
        A weighting that was learned; the standard one by default.
    encoder : Encoder, optional
        What reads the meaning of texts; nothing by default, and then the signal `meaning` is 0.

    Attributes
    ----------
    services_ : DataFrame
        The fitted catalogue, checked, in order of service_id.
    """

    @property
    def model_version(self) -> str:
        """The version of the code and, of a weighting that was learned, its digest."""
        parts = [self.weights.digest] if self.weights else []
        return "+".join([MODEL_VERSION, *parts, *([self.encoder.name] if self.encoder else [])])

    def __init__(
        self,
        vocabulary: Vocabulary | None = None,
        stale_after: float = 365,
        weights: Weights | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.stale_after = stale_after
        self.weights = weights
        self.encoder = encoder

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Index a services table (columns of `SERVICE_COLUMNS`); raises SheetError on a bad one."""
        checked = check_services(services)
        # By id, so that equal scores come out in order of id whatever order the rows stood in.
        table = checked.sort_values("service_id", kind="stable", ignore_index=True)
        topic = TopicIndex(self.vocabulary or default_vocabulary(), self.encoder)
        return self.lay_out(table, topic.fit(table))

    def change(self, services: pd.DataFrame, removed: Collection[str] = ()) -> Self:
        """Change the catalogue, as if fitted on the changed one; a `copy.copy` made before goes on as it was.

        Parameters
        ----------
        services : DataFrame
            Services to add, or to put in the place of those with the same ids; it may have no rows.
        removed : collection of str
            Ids of services to leave out; KeyError for one that is not there.
        """
        check_is_fitted(self)
        for service_id in removed:
            self.place_[service_id]
        added = check_services(services)
        gone = {*removed, *added["service_id"]}
        kept = np.flatnonzero([service_id not in gone for service_id in self.services_["service_id"]])
        both = pd.concat([self.services_.iloc[kept], added], ignore_index=True)
        order = both.sort_values("service_id", kind="stable").index.to_numpy()
        table = both.iloc[order].reset_index(drop=True)
        return self.lay_out(table, copy(self.topic_).change(kept, added, order))

    def lay_out(self, table: pd.DataFrame, topic: TopicIndex) -> Self:
        """Take as catalogue a checked services table, in order of service_id, and the index of its topics."""
        self.services_ = table
        self.place_ = {service_id: row for row, service_id in enumerate(table["service_id"])}
        self.topic_ = topic
        area, offer = ServiceArea().fit(table), Offer.of(table)
        self.practical_ = PracticalFit().fit(table, area=area, offer=offer)
        self.eligibility_ = Eligibility(self.stale_after).fit(table, area=area, offer=offer)
        return self

    def match(
        self, needs: pd.DataFrame, top: int = 20, *, rules: bool = True, refused: bool = False
    ) -> pd.DataFrame:
        """The best services of each need, best first.

        Parameters
        ----------
        needs : DataFrame
            Columns of `NEED_COLUMNS`.
        top : int
            How many services a need gets at most.
        rules : bool
            False ranks by topic alone: no limits, no price, no place.
        refused : bool
            True adds, for each need, the best `top` of those that a limit refuses.

        Returns
        -------
        DataFrame
            need_id, service_id, rank (from 1, refused ones counted apart), score in [0, 1], verdict
            (eligible, unknown, refused), one column per signal (they add up to the score), reasons
            (list of reason codes). Needs stand in the order given.
        """
        batches = self.iter_match(needs, top, rules=rules, refused=refused)
        parts = [part for _, part in batches if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(MATCH_COLUMNS))

    def iter_match(
        self, needs: pd.DataFrame, top: int = 20, *, rules: bool = True, refused: bool = False
    ) -> Iterator[tuple[int, pd.DataFrame]]:
        """The same in batches, each with how many needs it answers, for those who show progress."""
        check_is_fitted(self)
        checked = check_needs(needs)
        for start in range(0, len(checked), _AT_ONCE):
            some = checked.iloc[start : start + _AT_ONCE].reset_index(drop=True)
            asked = self.topic_.read(some)
            pairs = self._candidates(some, asked, rules=rules, refused=refused)
            for first, last, part in pairs.parts(len(some), _PAIRS):
                batch = some.iloc[first:last].reset_index(drop=True)
                yield (
                    last - first,
                    self._ranked(batch, asked.rows(first, last), part, top, rules=rules, refused=refused),
                )

    def explain(
        self, need: Mapping[str, Any] | pd.Series, service_id: str, *, rules: bool = True
    ) -> Explanation:
        """Words, codes, contributions and limits of one pair; KeyError for a service that was not fitted.

        Parameters
        ----------
        need : mapping or Series
            One row of a needs table.
        service_id : str
        rules : bool
            As in `match`.
        """
        (told,) = self.explain_each(need, [service_id], rules=rules)
        return told

    def explain_each(
        self, need: Mapping[str, Any] | pd.Series, service_ids: Sequence[str], *, rules: bool = True
    ) -> list[Explanation]:
        """The same for several services, in their order; the need is read only once."""
        check_is_fitted(self)
        places = [self.place_[service_id] for service_id in service_ids]
        checked = check_needs(pd.DataFrame([dict(need)]))
        reading = NeedReading(self.topic_, checked)
        pairs = Pairs.of_one(places)
        judged = self._judge(checked, reading.asked, pairs, rules=rules)
        services = records(self.services_.iloc[places])
        return [
            self._explanation(reading, service, place, judged.pair(at))
            for at, (service, place) in enumerate(zip(services, places, strict=True))
        ]

    def _explanation(
        self, reading: NeedReading, service: Mapping[str, Any], place: int, pair: Pair
    ) -> Explanation:
        findings = self._findings(reading.record, place, pair)
        beside = reading.beside(service, place)
        words, characters = beside.words
        return Explanation(
            need_id=reading.record["need_id"],
            service_id=service["service_id"],
            score=pair.score,
            verdict=VERDICTS[pair.verdict],
            contributions=pair.contributions,
            signals=pair.signals,
            reasons=tuple(reasons(pair.signals, [finding.code for finding in findings])),
            findings=tuple(findings),
            words=words,
            characters=characters,
            codes=beside.codes,
            groups=beside.groups,
        )

    def _candidates(self, needs: pd.DataFrame, asked: Reading, *, rules: bool, refused: bool) -> Pairs:
        """The pairs worth a look, among the services that come to a need's district or name its street."""
        if not rules:
            return self.topic_.candidates(asked)
        area = self.eligibility_.area_
        near = self.topic_.candidates(asked, area.blocks(needs), area.named(needs))
        return near.with_(self.topic_.candidates(asked)) if refused else near

    def _judge(self, needs: pd.DataFrame, asked: Reading, pairs: Pairs, *, rules: bool) -> Judged:
        topical = self.topic_.signals(asked, pairs)
        if not rules:
            return Judged.of(topical, None, {}, self._weights)
        seen = self.eligibility_.area_.look(needs, pairs)
        practical = self.practical_.signals(needs, pairs, seen)
        answers = self.eligibility_.judge(needs, pairs, seen)
        return Judged.of(topical, practical, answers, self._weights)

    @property
    def _weights(self) -> Weights:
        return self.weights or (WITH_MEANING if self.encoder else STANDARD)

    def _findings(self, need: Mapping[str, Any], place: int, pair: Pair) -> list[Finding]:
        return self.eligibility_.findings(need, place, pair.answers) if pair.answers else []

    def _ranked(
        self, needs: pd.DataFrame, asked: Reading, pairs: Pairs, top: int, *, rules: bool, refused: bool
    ) -> pd.DataFrame:
        judged = self._judge(needs, asked, pairs, rules=rules)
        groups = [judged.best(pairs.needs, top, refused=group) for group in (False, True)[: 1 + refused]]
        places, ranks = (np.concatenate(arrays) for arrays in zip(*groups, strict=True))
        # Of one need those that may be chosen come first, then those that are refused, each best first.
        order = np.lexsort((ranks, judged.verdicts[places] == NO, pairs.needs[places]))
        return self._frame(needs, pairs, judged, places[order], ranks[order])

    def _frame(
        self, needs: pd.DataFrame, pairs: Pairs, judged: Judged, places: Places, ranks: Places
    ) -> pd.DataFrame:
        chosen = Pairs(pairs.needs[places], pairs.services[places])
        rows, services = chosen.needs, chosen.services
        found: list[tuple[str, ...]] = [()] * len(chosen)
        if judged.answers:
            answers = {limit: answer[places] for limit, answer in judged.answers.items()}
            found = self.eligibility_.codes(answers, chosen)
        said = reason_lists({name: values[places] for name, values in judged.signals.items()}, found)
        return pd.DataFrame(
            {
                "need_id": needs["need_id"].to_numpy()[rows],
                "service_id": self.services_["service_id"].to_numpy()[services],
                "rank": ranks,
                "score": judged.scores[places],
                "verdict": [VERDICTS[verdict] for verdict in judged.verdicts[places].tolist()],
                **{name: values[places] for name, values in judged.added.items()},
                "reasons": pd.Series(said, dtype=object),
            }
        )

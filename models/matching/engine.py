"""The fitted matcher of one process: fitted again only when the catalogue has changed."""

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Generic, TypeVar

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import Matcher, Proposer, SimilarNeeds
from matcher.weights import Weights
from models.audit.event import AuditEvent
from models.calendar.clocks import local_date
from models.matching.encode import content_hash, needs_frame, services_frame
from models.matching.run import Verdict
from models.matching.weighting import area_weights, weighed_alike, weighted
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase

TOP = 20
"""How many services a need is given."""

NO_SHORTLIST = pd.DataFrame(columns=["need_id", "service_id", "rank", "score", "verdict"])

CATALOGUE_SUBJECTS = ("service", "organisation")
"""Whatever changes the catalogue is audited as a deed on one of these."""

Model = TypeVar("Model", Matcher, SimilarNeeds)


@dataclass(frozen=True)
class Fitted(Generic[Model]):
    """A model with the table it was fitted on; never changed, so that threads may share it.

    An empty table fits nothing: ask `table.empty` before the model.
    """

    model: Model
    table: pd.DataFrame
    content_hash: str


class Engine:
    """Made once by whoever starts the process and handed to the verbs that need it.

    Each request reads the table it asks about, in its own session, and compares its hash with that of the
    fitted one; so every process sees what any other has written, and nobody has to be told.
    """

    def __init__(self) -> None:
        self.proposer = Proposer()
        self._lock = Lock()
        self._catalogue: Fitted[Matcher] | None = None
        self._touched: tuple[date, str | None] | None = None
        self._needs: Fitted[SimilarNeeds] | None = None
        self._shortlists: tuple[str, str, pd.DataFrame] | None = None

    def catalogue(self, session: Session, at: datetime) -> Fitted[Matcher]:
        """The matcher fitted on the catalogue as it is active at an instant."""
        # Asked before the catalogue is read: what is written in between is seen the next time.
        touched = _last_touched(session, at)
        table = services_frame(session, at)
        key = content_hash(table)
        with self._lock:
            if self._catalogue is None or self._catalogue.content_hash != key:
                model = Matcher()
                self._catalogue = Fitted(model if table.empty else model.fit(table), table, key)
            self._touched = touched
            return self._catalogue

    def catalogue_for(self, session: Session, unit_code: str, at: datetime) -> Fitted[Matcher]:
        """The same as an area weighs it: with what it has adopted and not switched off."""
        return _of_area(self.catalogue(session, at), area_weights(session, at).of(unit_code))

    def last_catalogue_for(self, session: Session, unit_code: str, at: datetime) -> Fitted[Matcher]:
        """The same, not read again on a day on which nobody has touched the catalogue since."""
        return _of_area(self.last_catalogue(session, at), area_weights(session, at).of(unit_code))

    def last_catalogue(self, session: Session, at: datetime) -> Fitted[Matcher]:
        """The same, not read again on a day on which nobody has touched it since."""
        touched = _last_touched(session, at)
        with self._lock:
            if self._catalogue is not None and self._touched == touched:
                return self._catalogue
        return self.catalogue(session, at)

    def open_needs(self, session: Session) -> Fitted[SimilarNeeds]:
        """The index of all needs that were submitted and not closed; who may see which is asked later."""
        table = needs_frame(session, Need.submitted_at.is_not(None), Need.closed_at.is_(None))
        key = content_hash(table)
        with self._lock:
            if self._needs is None or self._needs.content_hash != key:
                model = SimilarNeeds()
                self._needs = Fitted(model if table.empty else model.fit(table), table, key)
            return self._needs

    def open_shortlists(
        self, session: Session, at: datetime
    ) -> tuple[Fitted[Matcher], pd.DataFrame, pd.DataFrame]:
        """The catalogue, the needs that are standardised and not yet matched, and the shortlist of each."""
        fitted = self.catalogue(session, at)
        needs = needs_frame(session, phase_sql(at) == NeedPhase.STANDARDISED.value)
        groups = weighed_alike(session, needs, at)
        keys = (fitted.content_hash, ",".join([content_hash(needs), *(each.digest for each, _ in groups)]))
        with self._lock:
            if self._shortlists is None or self._shortlists[:2] != keys:
                lists = [shortlist(_of_area(fitted, each), some, TOP) for each, some in groups]
                found = [each for each in lists if not each.empty]
                self._shortlists = (*keys, pd.concat(found, ignore_index=True) if found else NO_SHORTLIST)
            return fitted, needs, self._shortlists[2]


def _of_area(fitted: Fitted[Matcher], weights: Weights) -> Fitted[Matcher]:
    return Fitted(weighted(fitted.model, weights), fitted.table, fitted.content_hash)


def _last_touched(session: Session, at: datetime) -> tuple[date, str | None]:
    """The day, for entries grow older, and the last deed on the catalogue by its place in the audit chain."""
    deeds = select(AuditEvent.hash).where(AuditEvent.subject_type.in_(CATALOGUE_SUBJECTS))
    return local_date(at), session.scalar(deeds.order_by(AuditEvent.number.desc()).limit(1))


def shortlist(fitted: Fitted[Matcher], needs: pd.DataFrame, top: int = TOP) -> pd.DataFrame:
    """The best services of each need, and the refused ones that would stand among them but for a limit."""
    if fitted.table.empty or needs.empty:
        return NO_SHORTLIST.copy()
    found = fitted.model.match(needs, top, refused=True)
    refused = found["verdict"] == Verdict.REFUSED.value
    ranked = found[~refused].groupby("need_id")["score"].agg(["size", "min"])
    full = ranked[ranked["size"] >= top]["min"]
    least = found["need_id"].map(full).fillna(0.0)
    return found[~refused | (found["score"] >= least)]

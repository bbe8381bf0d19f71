"""Matching what neighbourhoods need with what organisations offer: frames in, rankings and reasons out.

matcher = Matcher().fit(services)                   # columns of SERVICE_COLUMNS
matcher.change(new, removed=["S1"])                 # as if fitted anew
run = matcher.match(needs, top=20)                  # columns of MATCH_COLUMNS
run = matcher.match(needs, top=20, refused=True)    # with those that a limit refuses
why = matcher.explain(need, service_id)             # Explanation
Proposer().propose("老人没人烧饭")                   # Proposal: codes, groups, routes
SimilarNeeds().fit(open_needs).find(draft)          # columns of SIMILAR_COLUMNS
"""

from matcher.columns import NEED_COLUMNS, SERVICE_COLUMNS
from matcher.eligibility import LIMITS, STALE, Finding
from matcher.explain import CodeMatch, Explanation, Mark, WordMatch
from matcher.propose import Proposal, Proposer, Suggestion
from matcher.rank import MATCH_COLUMNS, MODEL_VERSION, Matcher
from matcher.reasons import FOR_REASONS
from matcher.sheets import SheetError, check_needs, check_services, read_needs, read_services
from matcher.similar import SIMILAR_COLUMNS, SimilarNeeds, similar_needs
from matcher.vocabulary import Hit, Term, Vocabulary, default_vocabulary
from matcher.weights import SIGNALS

__all__ = [
    "FOR_REASONS",
    "LIMITS",
    "MATCH_COLUMNS",
    "MODEL_VERSION",
    "NEED_COLUMNS",
    "SERVICE_COLUMNS",
    "SIGNALS",
    "SIMILAR_COLUMNS",
    "STALE",
    "CodeMatch",
    "Explanation",
    "Finding",
    "Hit",
    "Mark",
    "Matcher",
    "Proposal",
    "Proposer",
    "SheetError",
    "SimilarNeeds",
    "Suggestion",
    "Term",
    "Vocabulary",
    "WordMatch",
    "check_needs",
    "check_services",
    "default_vocabulary",
    "read_needs",
    "read_services",
    "similar_needs",
]

"""In what form a need is wanted, as its own words and codes tell (demand 48). A person confirms it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from models.needs.need import Engagement
from models.wording import normalised

OPERATED_PLACE = "CP-04"
CHILD_CARE = frozenset({"WF-01", "WF-02"})
"""Where 托管 means minding children, not running a place."""

WORDS = {
    Engagement.ENTRUSTED: r"委托运营|托管运营|整体(?:委托|运营|托管|接)|代为运营|日常运营|托管",
    Engagement.ON_POST: (
        r"派驻|驻点|驻[在校站村居]|常驻|坐班|值守岗|岗位(?:服务|购买)|社工岗|坐在居委|长期派人"
    ),
    Engagement.ACTIVITY: (
        r"单次|一次性|(?:办|搞|开|弄|练|讲|请.{0,6})一[次场]|[一1]场(?:活动|讲座|演出|义诊|培训)|便民服务日"
    ),
    Engagement.PROJECT: r"长期|定期|持续|常年|全年|每(?:天|日|周|月|季|隔)|每个?礼拜|隔天|隔周|一年到头",
}
STRONGEST = (Engagement.ENTRUSTED, Engagement.ON_POST)
"""Who runs a place or sends a person also comes every day: their words count before those of time."""


@dataclass(frozen=True)
class ProposedEngagement:
    """A form of taking part, with the words that speak of it; none where a code does."""

    engagement: Engagement
    words: tuple[str, ...] = ()


def propose_engagement(text: str, codes: Collection[str] = ()) -> ProposedEngagement | None:
    """The form that is evident, or None: where two could be meant, nothing is proposed."""
    said = normalised(text)
    found = {kind: tuple(dict.fromkeys(re.findall(words, said))) for kind, words in WORDS.items()}
    if CHILD_CARE & set(codes):
        found[Engagement.ENTRUSTED] = tuple(w for w in found[Engagement.ENTRUSTED] if w != "托管")
    named = {kind for kind, words in found.items() if words}
    if OPERATED_PLACE in codes:
        named.add(Engagement.ENTRUSTED)
    meant = named & set(STRONGEST) or named
    if len(meant) != 1:
        return None
    (kind,) = meant
    return ProposedEngagement(kind, found[kind])

"""N4 in words: the proposal with its arithmetic, or why there is none."""

from flask_babel import gettext as _

from models.matching.neighbours import LEAST, Likeness
from web.format import percent
from web.labels import label


def compared(found: Likeness) -> str:
    """What neighbourhoods of the same type have, and what follows for N4."""
    if found.community_type is None:
        return _("没有推算：还没有登记本居民区属于哪一类社区。")
    kind = label(found.community_type)
    if found.share is None:
        if not found.codes:
            return _("没有推算：还没有选服务类别，选好保存后才能和同类社区比。")
        return _(
            "没有推算：除本居民区外，“%(kind)s”只有 %(count)d 个，不到 %(least)d 个，比不出来。",
            kind=kind,
            count=found.neighbourhoods,
            least=LEAST,
        )
    facts = {
        "kind": kind,
        "count": found.neighbourhoods,
        "raised": found.raised,
        "met": found.met,
        "share": percent(found.share),
    }
    if found.is_met_here:
        return _(
            "近两年另外 %(count)d 个“%(kind)s”居民区里，%(raised)d 个提过同类需求，"
            "%(met)d 个已经办成（%(share)s）；本居民区也已办成过，没有差距。",
            **facts,
        )
    return _(
        "近两年另外 %(count)d 个“%(kind)s”居民区里，%(raised)d 个提过同类需求，"
        "%(met)d 个已经办成，%(met)d ÷ %(count)d = %(share)s；本居民区还没有。"
        "达到 10%%、25%%、50%%、75%% 各算一级。",
        **facts,
    )

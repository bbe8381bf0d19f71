"""Words for matching: verdicts, decisions, gaps, the parts of a score, and every reason with its figures."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.matching.change import Reach
from models.matching.gap import GapCause, GapRemedy
from models.matching.recommendation import HubRelation
from models.matching.review import Decision, RejectReason
from models.matching.run import FITS as WELL
from models.matching.run import FITS_VERY_WELL, WORTH_A_LOOK, Verdict

LABELS = {
    Verdict: {
        Verdict.ELIGIBLE: _l("符合条件"),
        Verdict.UNKNOWN: _l("有情况要核实"),
        Verdict.REFUSED: _l("有条件不符"),
    },
    Decision: {
        Decision.ACCEPT: _l("采纳"),
        Decision.SHORTLIST: _l("备选"),
        Decision.REJECT: _l("不采纳"),
    },
    RejectReason: {
        RejectReason.WRONG_SERVICE: _l("不是要的服务"),
        RejectReason.WRONG_GROUP: _l("服务对象不对"),
        RejectReason.TOO_FAR: _l("太远"),
        RejectReason.TOO_EXPENSIVE: _l("太贵"),
        RejectReason.TOO_SMALL: _l("接不了这么多"),
        RejectReason.RECORD: _l("过往表现或信用有问题"),
        RejectReason.CONFLICT: _l("有利益关系"),
        RejectReason.OTHER: _l("其他"),
    },
    HubRelation: {
        HubRelation.NONE: _l("没有关系"),
        HubRelation.MEMBER: _l("是枢纽的会员单位"),
        HubRelation.INCUBATED: _l("枢纽孵化过这家机构"),
        HubRelation.FOUNDED: _l("枢纽是这家机构的发起或主管单位"),
    },
    Reach: {
        Reach.STREET: _l("本街道"),
        Reach.DISTRICT: _l("本区"),
        Reach.CITY: _l("全市"),
    },
    GapCause: {
        GapCause.NO_SUPPLIER: _l("没有机构做这件事"),
        GapCause.NOT_HERE: _l("有机构做，但不到这里来"),
        GapCause.NO_CAPACITY: _l("有机构做，但没有余量"),
        GapCause.TOO_EXPENSIVE: _l("有机构做，但超出预算"),
        GapCause.NOT_GOOD_ENOUGH: _l("有机构做，但质量达不到"),
    },
    GapRemedy: {
        GapRemedy.INCUBATE: _l("孵化新的机构"),
        GapRemedy.INVITE: _l("邀请外区机构"),
        GapRemedy.CONSORTIUM: _l("几家机构联合"),
        GapRemedy.RAISE_BUDGET: _l("提高预算"),
        GapRemedy.OTHER: _l("其他"),
    },
}

SENTENCES = {
    "recommended_service_retired": _l("这项服务已经停用，不能推荐。"),
    "recommendation_reason": _l("请写明为什么推荐。"),
    "nothing_accepted": _l("还没有采纳任何服务。请先采纳至少一项；如果都不合适，请选“没有合适的”。"),
    "something_accepted": _l("您已采纳了服务，不能再说没有合适的。请先撤销采纳。"),
    "reviewed_meanwhile": _l("您打开页面之后，有人已经对这项服务作了决定。请看过之后再决定。"),
    "run_superseded": _l("这条需求已经重新匹配过，请在最新的结果上审核。"),
    "reject_reason_missing": _l("请选择不采纳的理由。"),
    "reject_words_missing": _l("选了“其他”，请用一句话写明理由。"),
    "reason_without_reject": _l("只有不采纳才要选理由。"),
    "refused_needs_words": _l("这项服务有条件不符。一定要选它，请在备注里写明原因。"),
    "organisation_dishonest": _l("“%(name)s”在严重违法失信名单上，不能选。"),
    "service_not_offered": _l("这项服务已经下架，不能再选。"),
    "gap_words_missing": _l("办法选了“其他”，请写明打算怎么办。"),
}

MESSAGES = {
    "service_recommended": _l("枢纽为需求 %(reference)s 推荐了服务 %(service)s，审核时可以看到理由。"),
    "recommendation_withdrawn": _l("枢纽撤回了为需求 %(reference)s 推荐的服务 %(service)s。"),
    "match_accepted": _l("需求 %(reference)s 采纳了您的服务 %(service)s，街道会与您联系。"),
    "need_matched": _l("需求 %(reference)s 已匹配到 %(accepted)s 项服务。"),
    "need_unmet": _l("需求 %(reference)s 暂时没有合适的服务，已记入供给缺口。"),
    "need_reopened": _l("需求 %(reference)s 重新开始匹配，之前的结果不再有效。"),
}

ACTIONS = {
    "recommendation.make": _l("推荐了一项服务"),
    "recommendation.withdraw": _l("撤回了推荐"),
    "need.match": _l("完成了匹配"),
    "need.declare_unmet": _l("认定没有合适的服务"),
    "need.reopen": _l("重新开始匹配"),
    "match_run.run": _l("运行了匹配"),
    "match_run.review": _l("对推荐作了决定"),
    "match_run.withdraw_review": _l("撤销了对推荐的决定"),
}

DECIDED: Mapping[Decision, LazyString] = {
    Decision.ACCEPT: _l("已采纳"),
    Decision.SHORTLIST: _l("已列备选"),
    Decision.REJECT: _l("未采纳"),
}
"""A decision once it is made."""

PARTS: Mapping[str, LazyString] = {
    "characters": _l("字句相近"),
    "codes": _l("服务类别"),
    "groups": _l("服务对象"),
    "meaning": _l("意思相近"),
    "price": _l("价格"),
    "scale": _l("规模"),
    "place": _l("远近"),
    "freshness": _l("资料新旧"),
    "record": _l("过往记录"),
}

REASONS: Mapping[str, LazyString] = {
    "same_code": _l("做的正是：%(names)s"),
    "near_code": _l("做的是相近的服务：%(names)s"),
    "shared_words": _l("都说到：%(words)s"),
    "same_group": _l("服务对象一致：%(names)s"),
    "price_within_budget": _l("单价 %(price)s，在预算 %(budget)s 之内"),
    "budget_covers_part": _l("单价 %(price)s，预算 %(budget)s 只够一部分"),
    "capacity_for_all": _l("余量 %(capacity)s，够 %(people)s用"),
    "capacity_for_part": _l("余量 %(capacity)s，不够 %(people)s用"),
    "in_street": _l("服务范围写明到本街道"),
    "home_district": _l("覆盖本街道，机构就在本区"),
    "in_district": _l("覆盖本区"),
    "citywide": _l("面向全市服务"),
    "verified_recently": _l("资料 %(days)s 天前核实过"),
    "good_record": _l("“%(names)s”评估过 %(evaluations)s 次，记录 %(points)s 分，高于同类平均 %(mean)s 分"),
    "record_as_others": _l(
        "“%(names)s”评估过 %(evaluations)s 次，记录 %(points)s 分，与同类平均 %(mean)s 分相近"
    ),
    "poor_record": _l("“%(names)s”评估过 %(evaluations)s 次，记录 %(points)s 分，低于同类平均 %(mean)s 分"),
    "newcomer": _l("“%(names)s”还没有评估记录，按同类平均看待，略有照顾"),
}

VERIFIED_TODAY = _l("资料今天核实过")

SHORT_REASONS: Mapping[str, LazyString] = {
    "budget_covers_part": _l("单价 %(price)s，预算 %(budget)s 只够一部分，全部要再加 %(short)s"),
    "capacity_for_part": _l("余量 %(capacity)s，不够 %(people)s用，差 %(lacking)s"),
}
"""The same reasons where a run has kept how much is short."""

CAUTIONS: Mapping[str, LazyString] = {
    "area_unknown": _l("没有写服务范围，请先问清是否到本街道"),
    "capacity_unknown": _l("没有写余量，请先问清还能接多少"),
    "licence_unknown": _l("没有写资质，请核对证书"),
    "price_unknown": _l("单价或预算没有写，无法比较"),
    "dates_unknown": _l("需求没有写起止日期，请先问清能否按时做"),
    "list_unknown": _l("信用名单没有查到，请核对"),
    "conflict_unknown": _l("是否要回避不清楚，请核对"),
    "stale_entry": _l("资料已有 %(stale_days)s 天没有核实，价格和余量请先问清"),
}

REFUSALS: Mapping[str, LazyString] = {
    "outside_service_area": _l("服务范围只到：%(served)s"),
    "no_free_capacity": _l("已经没有余量"),
    "licence_missing": _l("缺少要求的资质：%(missing)s"),
    "price_above_budget": _l("单价 %(price)s，超过预算 %(budget)s"),
    "not_available_then": _l("与需求的日期不合，相差 %(days)s 天"),
    "organisation_listed": _l("机构在名单上：%(flags)s"),
    "conflict_of_interest": _l("机构做过这条需求的调研评估，应当回避"),
}

LIFTS: Mapping[str, tuple[str, LazyString]] = {
    "outside_service_area": ("add", _l("要把%(add)s列入服务范围")),
    "no_free_capacity": ("short", _l("余量差 %(lacking)s")),
    "price_above_budget": ("short", _l("预算差 %(short)s")),
    "not_available_then": ("available_from", _l("要到%(available_from)s才有")),
}
"""What would lift a refusal, and the figure without which it cannot be said."""

ENDED = _l("%(available_to)s起不再提供")
"""The same for a service that ends before the need begins."""

LIFTED: Mapping[str, LazyString] = {
    "outside_service_area": _l("放宽范围后算在内"),
    "price_above_budget": _l("预算够了"),
    "not_available_then": _l("那时能提供"),
}
"""What a change of the need has lifted."""

GAINS: Mapping[tuple[str, bool], LazyString] = {
    ("price", True): _l("预算能付更大一部分（%(points)s 分）"),
    ("price", False): _l("预算只能付更小一部分（%(points)s 分）"),
    ("scale", True): _l("余量够更大一部分人用（%(points)s 分）"),
    ("scale", False): _l("余量只够更小一部分人用（%(points)s 分）"),
}
"""What a change of the need gains a service, or takes from it."""

ASKING: Mapping[str, LazyString] = {
    "area_unknown": _l("问清是否到本街道"),
    "capacity_unknown": _l("问清余量"),
    "licence_unknown": _l("核对资质证书"),
    "price_unknown": _l("补上单价或预算"),
    "dates_unknown": _l("补上需求的起止日期"),
    "list_unknown": _l("核对信用名单"),
    "conflict_unknown": _l("核对是否要回避"),
    "stale_entry": _l("请机构核实资料"),
}
"""How what is not known of a limit is made known."""

LOSSES: Mapping[str, LazyString] = {
    "characters": _l("内容更贴近需求的说法（比第一名少 %(lost)s 分）"),
    "codes": _l("服务类别更对口（比第一名少 %(lost)s 分）"),
    "groups": _l("服务对象更一致（比第一名少 %(lost)s 分）"),
    "meaning": _l("意思更贴近需求（比第一名少 %(lost)s 分）"),
    "price": _l("预算能付更大一部分（比第一名少 %(lost)s 分）"),
    "scale": _l("余量够更多人用（比第一名少 %(lost)s 分）"),
    "place": _l("机构离得更近（比第一名少 %(lost)s 分）"),
    "freshness": _l("资料更新（比第一名少 %(lost)s 分）"),
    "record": _l("过往记录更好（比第一名少 %(lost)s 分）"),
}
"""What would bring a service nearer to the first."""

OWN: Mapping[str, LazyString] = {
    "outside_service_area": _l("如果能到这里服务，请在服务范围里加上%(add)s。"),
    "no_free_capacity": _l("如果还能接，请更新余量。"),
    "licence_missing": _l("如果已经取得，请写进资质。"),
    "price_above_budget": _l("如果能按这个预算做，请更新收费。"),
    "not_available_then": _l("请与街道商量日期。"),
    "organisation_listed": _l("移出名单之后，这条需求会列在上面。"),
    "conflict_of_interest": _l("这条需求您不能承接。"),
    "area_unknown": _l("没有写服务范围，请写明是否到这个街道。"),
    "capacity_unknown": _l("没有写余量，请写明还能接多少。"),
    "licence_unknown": _l("需求要求有资质，请写明您有哪些。"),
    "price_unknown": _l("单价或预算没有写。单价没有写的，请写上。"),
    "dates_unknown": _l("需求没有写起止日期，请与街道确认。"),
    "list_unknown": _l("信用名单没有查到，由街道核对。"),
    "conflict_unknown": _l("是否要回避不清楚，由街道核对。"),
    "stale_entry": _l("资料已有 %(stale_days)s 天没有核实，请核实一次。"),
}
"""What an organisation can do about a limit that stands in its way, or is not known."""

IN_CATALOGUE = frozenset(
    {
        "outside_service_area",
        "no_free_capacity",
        "licence_missing",
        "price_above_budget",
        "area_unknown",
        "capacity_unknown",
        "licence_unknown",
        "price_unknown",
        "stale_entry",
    }
)
"""Of these the ones that an update of the catalogue entry can mend."""

LIMITS: Mapping[str, LazyString] = {
    "outside_service_area": _l("不到这里服务"),
    "no_free_capacity": _l("没有余量"),
    "licence_missing": _l("缺少资质"),
    "price_above_budget": _l("超过预算"),
    "not_available_then": _l("日期不合"),
    "organisation_listed": _l("在信用名单上"),
    "conflict_of_interest": _l("应当回避"),
}

FITS: tuple[tuple[float, LazyString], ...] = (
    (FITS_VERY_WELL, _l("很合适")),
    (WELL, _l("合适")),
    (WORTH_A_LOOK, _l("可以考虑")),
    (0.0, _l("只是沾边")),
)
"""A score in words: from which value on it is called so."""

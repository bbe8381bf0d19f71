"""Words for planning: phases, proofs, why a need is left out, what adopting came to, limits that clash."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.planning.edit import EditKind
from models.planning.plan import AdoptOutcome, LineFlag, PlanPhase, Proof, UnservedReason

LABELS = {
    PlanPhase: {
        PlanPhase.DRAFT: _l("待采用"),
        PlanPhase.ADOPTED: _l("已采用"),
        PlanPhase.SUPERSEDED: _l("已被新计划取代"),
        PlanPhase.WITHDRAWN: _l("已作废"),
    },
    Proof: {
        Proof.OPTIMAL: _l("已证明没有更好的安排"),
        Proof.WITHIN_GAP: _l("已证明离最好的安排很近"),
        Proof.BEST_FOUND: _l("限定时间内找到的最好安排"),
    },
    UnservedReason: {
        UnservedReason.NO_CANDIDATE: _l("没有值得考虑的推荐"),
        UnservedReason.REFUSED: _l("推荐的服务有条件不符"),
        UnservedReason.FORBIDDEN: _l("推荐的服务已被排除或不采纳"),
        UnservedReason.TOO_LARGE: _l("需求太大，一项服务接不下"),
        UnservedReason.FULL: _l("余量已经分完"),
        UnservedReason.SHARE_CAP: _l("机构已到份额上限"),
        UnservedReason.BUDGET: _l("街道的预算不够"),
        UnservedReason.PRICE_UNKNOWN: _l("服务没有报价，预算管不住"),
        UnservedReason.OUTWEIGHED: _l("为整体更好而让出"),
    },
    LineFlag: {
        LineFlag.FORCED: _l("人工指定"),
        LineFlag.AGREED: _l("审核时已采纳"),
        LineFlag.UNSCORED: _l("没有匹配分"),
        LineFlag.CAPACITY_UNKNOWN: _l("余量要核实"),
        LineFlag.PRICE_UNKNOWN: _l("价格要核实"),
    },
    AdoptOutcome: {
        AdoptOutcome.ACCEPTED: _l("采用计划时采纳"),
        AdoptOutcome.ALREADY_ACCEPTED: _l("之前就已采纳"),
        AdoptOutcome.NEED_MOVED_ON: _l("需求已有结果"),
        AdoptOutcome.NOT_LISTED: _l("重新匹配后不再推荐这项服务"),
        AdoptOutcome.OTHER_ACCEPTED: _l("已采纳了另一项服务"),
        AdoptOutcome.REJECTED: _l("审核时不采纳这项服务"),
        AdoptOutcome.SERVICE_NOT_OFFERED: _l("服务已经下架"),
        AdoptOutcome.ORGANISATION_DISHONEST: _l("机构在严重违法失信名单上"),
        AdoptOutcome.REFUSED_NEEDS_WORDS: _l("服务有条件不符，要写明原因才能采纳"),
    },
    EditKind: {
        EditKind.FORCE: _l("指定：就由它承接"),
        EditKind.FORBID: _l("排除：不由它承接"),
    },
}

SENTENCES = {
    "no_matched_needs": _l("现在没有匹配过的需求可以安排。请先为标准需求找服务。"),
    "cap_below_one_need": _l(
        "现在有 %(asked)s 条需求，按这个比例一家机构连一条也得不到。至少填 %(least)s，或者空着。"
    ),
    "plan_infeasible": _l("这些条件不能同时满足，没有做出计划。请放宽其中一项。"),
    "plan_not_found": _l("限定时间内没有找到可行的计划。请减少条件再试。"),
    "forbidden_is_accepted": _l(
        "需求 %(reference)s 在审核时已采纳“%(service)s”，不能排除。请先到审核页撤销采纳。"
    ),
    "forced_is_rejected": _l(
        "需求 %(reference)s 在审核时没有采纳“%(service)s”，不能指定。请先到审核页改变决定。"
    ),
    "forced_is_not_offered": _l("需求 %(reference)s 指定的“%(service)s”已经下架，请撤销这处改动。"),
    "service_not_found_for_need": _l("最新的匹配结果里没有这项服务，请刷新后再选。"),
    "edit_reason_missing": _l("请写明理由。"),
    "edited_otherwise": _l("这条需求已有另一处改动与此矛盾，请先撤销那一处。"),
    "edits_wait": _l("有改动还没有算进计划。请先重新求解，看过结果再采用。"),
    "nothing_planned": _l("这份计划没有安排任何服务，不能采用。"),
}

ACTIONS = {
    "plan.build": _l("做出了计划"),
    "plan.force": _l("指定了服务"),
    "plan.forbid": _l("排除了服务"),
    "plan.drop_edit": _l("撤销了改动"),
    "plan.adopt": _l("采用了计划"),
    "plan.supersede": _l("以新计划取代了这份计划"),
    "plan.withdraw": _l("作废了计划"),
}

BINDING: Mapping[str, LazyString] = {
    "asked": _l("需求“%(need)s”只安排一项服务"),
    "capacity": _l("服务“%(service)s”的余量只有 %(capacity)s"),
    "capacity_assumed": _l("服务“%(service)s”没有写余量，只按 %(capacity)s 条需求算"),
    "share_cap": _l("机构“%(organisation)s”最多得 %(units)s 条需求"),
    "budget": _l("%(street)s的预算合计只有 %(budget)s"),
    "newcomer_share": _l("新机构至少要得 %(asked)s 条需求中的 %(units)s 条"),
    "forced": _l("人工指定需求“%(need)s”由“%(service)s”承接"),
    "agreed": _l("审核时已采纳：需求“%(need)s”由“%(service)s”承接"),
}
"""Limits that cannot hold together."""

CHANGES: Mapping[str, LazyString] = {
    "moved": _l("换了服务"),
    "gained": _l("新安排上"),
    "lost": _l("不再安排"),
}
"""What a second plan does with a need."""

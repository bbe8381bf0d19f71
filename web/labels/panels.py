"""Words for panels: the ranking, what is wrong with its file."""

from flask_babel import lazy_gettext as _l

from models.panels.ranking.lowprice import LowPriceTrigger
from models.panels.ranking.question import LowPriceAnswer
from models.panels.ranking.rank import RankingOutcome, RankingReason
from models.panels.ranking.validity import InvalidReason

LABELS = {
    RankingOutcome: {
        RankingOutcome.RANKED: _l("已排出名次"),
        RankingOutcome.FAILED: _l("排不出名次"),
    },
    RankingReason: {
        RankingReason.FEWER_THAN_THREE: _l("有效的投标（响应）不足三家，不能继续评审。"),
        RankingReason.FEWER_THAN_TWO: _l("有效的响应不足两家，采购终止，须重新采购。"),
        RankingReason.NONE_VALID: _l("这一家的响应无效或报价超过限价，单一来源采购终止（R45）。"),
        RankingReason.LOW_PRICE_PENDING: _l(
            "有报价触发异常低价审查，还没有结论。名次是暂定的：这家若被认定无效，价格分和名次都要重算。"
        ),
    },
    InvalidReason: {
        InvalidReason.MARKED_INVALID: _l("资格或符合性审查未通过"),
        InvalidReason.OVER_CEILING: _l("报价超过最高限价"),
        InvalidReason.OVER_BUDGET: _l("报价超过预算"),
        InvalidReason.ABNORMALLY_LOW: _l("报价异常低，不能证明合理"),
    },
    LowPriceTrigger: {
        LowPriceTrigger.MEAN: _l("低于平均报价的 50%"),
        LowPriceTrigger.SECOND_LOWEST: _l("低于次低报价的 50%"),
        LowPriceTrigger.CEILING: _l("低于最高限价（没有限价时为预算）的 45%"),
        LowPriceTrigger.PANEL: _l("评审小组认为过低"),
    },
    LowPriceAnswer: {
        LowPriceAnswer.ACCEPTED: _l("能证明报价合理"),
        LowPriceAnswer.REJECTED: _l("不能证明报价合理"),
        LowPriceAnswer.PENDING: _l("等候说明"),
    },
}

SENTENCES = {
    "rank_not_readable": _l("%(place)s：打不开这个文件。"),
    "rank_nothing_given": _l("请选择文件，或者把 JSON 贴在这里。"),
    "rank_too_large": _l("内容超过 %(kilobytes)s KB，请确认是评审数据。"),
    "rank_not_utf8": _l("%(place)s：从这里起不是 UTF-8 文本。"),
    "rank_not_json": _l("%(place)s：从这里起不是 JSON。"),
    "rank_nested_too_deep": _l("%(place)s：嵌套太深，不是评审数据。"),
    "rank_key_twice": _l("%(place)s：写了两次。"),
    "rank_field_missing": _l("%(place)s：缺这一项。"),
    "rank_field_unknown": _l("%(place)s：没有这一项。"),
    "rank_not_an_object": _l("%(place)s：%(value)s 不是对象，应为 {…}。"),
    "rank_not_a_list": _l("%(place)s：%(value)s 不是列表，应为 […]。"),
    "rank_not_an_id": _l("%(place)s：%(value)s 不能作编号，应为 1 到 100 个可见字符的字符串，前后没有空格。"),
    "rank_not_true_or_false": _l("%(place)s：%(value)s 不是 true 或 false。"),
    "rank_not_a_choice": _l("%(place)s：%(value)s 不在可选的 %(choices)s 之中。"),
    "rank_not_an_amount": _l(
        '%(place)s：%(value)s 不是金额，应为大于 0、最多两位小数的字符串，如 "450000.00"。'
    ),
    "rank_not_a_weight": _l('%(place)s：%(value)s 不是权重，应为大于 0、不超过 1 的小数字符串，如 "0.10"。'),
    "rank_not_a_maximum": _l('%(place)s：%(value)s 不是满分，应为大于 0 的数字字符串，如 "100"。'),
    "rank_not_a_mark": _l('%(place)s：%(value)s 不是分数，应为不小于 0 的数字字符串，如 "85.5"。'),
    "rank_mark_out_of_range": _l("%(place)s：%(value)s 超出 0 到 %(maximum)s 的评分范围（R27、R32）。"),
    "rank_id_twice": _l("%(place)s：编号 %(value)s 用了两次。"),
    "rank_criterion_unknown": _l("%(place)s：criteria 里没有这项评分因素。"),
    "rank_bid_unknown": _l("%(place)s：bids 里没有这份投标。"),
    "rank_marks_missing": _l("%(place)s：这份投标有效，却没有评分。"),
    "rank_mark_missing": _l("%(place)s：缺这个分数，每名成员都要给每份有效投标的每项因素评分（R27）。"),
    "rank_fixed_price_weighs": _l(
        "%(place)s：执行统一价格的，价格不打分，价格权重应为 0，现在是 %(weight)s（R25、R41）。"
    ),
    "rank_approval_not_negotiation": _l("%(place)s：两家的批准只用于谈判（R44）。"),
    "rank_weights_not_one": _l("%(place)s：价格权重与各项权重之和为 %(total)s，应为 1（R26）。"),
    "rank_price_weight_out_of_range": _l(
        "%(place)s：价格权重 %(value)s 不在本采购方式的 %(least)s 到 %(most)s 之间（%(rule)s）。"
    ),
    "rank_ceiling_over_budget": _l("%(place)s：最高限价 %(value)s 超过预算 %(budget)s（R30）。"),
}

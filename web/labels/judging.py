"""Words for panels at work: the pool, the draw, declarations, checks, marks, low prices, the report."""

from flask_babel import lazy_gettext as _l

from models.panels.marking import CorrectionGround
from models.panels.panel import MemberKind
from models.panels.pool import TieKind

LABELS = {
    TieKind: {
        TieKind.EMPLOYMENT: _l("劳动关系"),
        TieKind.BOARD: _l("担任董事、理事或监事"),
        TieKind.CONTROL: _l("控股股东或实际控制人"),
        TieKind.KINSHIP: _l("与负责人有亲属关系"),
        TieKind.OTHER_INTEREST: _l("其他可能影响公正的关系"),
        TieKind.DEALING: _l("所在机构 3 年内与它有合同往来（联合体或分包）"),
    },
    MemberKind: {
        MemberKind.EXPERT: _l("专家"),
        MemberKind.PURCHASER: _l("采购人代表"),
    },
    CorrectionGround: {
        CorrectionGround.SUM: _l("分值汇总计算错误"),
        CorrectionGround.OUT_OF_RANGE: _l("分项评分超出评分标准范围"),
        CorrectionGround.UNEQUAL_OBJECTIVE: _l("成员对客观因素的评分不一致"),
        CorrectionGround.EXTREME: _l("评分畸高或畸低"),
    },
}

SENTENCES = {
    "expert_without_role": _l("这个人现在没有评审成员的身份，不能进专家库。请先请管理员给他这个身份。"),
    "expert_in_pool": _l("这个人已经在专家库里。"),
    "expert_has_left": _l("这位专家已经离开专家库。"),
    "expert_term_unknown": _l("没有“%(code)s”这个服务代码，请从列表里选。"),
    "tie_ends_before_it_began": _l("结束的日期早于开始的日期，请核对。"),
    "tie_ends_in_future": _l("这个日期还没有到，关系结束之后再记。"),
    "tie_has_ended": _l("这段关系已经记下结束的日期。"),
    "panel_drawn": _l("这个项目已经抽取过评审小组，不能重抽。有人回避时，按原来的顺序补抽。"),
    "panel_without_bids": _l("没有开启的投标，不需要评审小组。"),
    "panel_too_small": _l("评审小组至少 %(least)s 人（%(rule)s）。"),
    "panel_not_odd": _l("评审小组的人数应为单数，%(size)s 人不行（%(rule)s）。"),
    "panel_too_many_purchasers": _l(
        "%(size)s 人的评审小组里，采购人代表最多 %(most)s 人，专家不少于三分之二（%(rule)s）。"
    ),
    "panel_too_few_experts": _l(
        "需要 %(wanted)s 名专家，专家库里能参加的只有 %(found)s 名（%(rule)s）。"
        "与供应商有关系的、本单位的人都不能参加。请补充专家库再抽。"
    ),
    "panel_pool_exhausted": _l(
        "%(size)s 人的评审小组还缺 %(missing)s 人，专家库里没有可以补的人。请补充专家库再补抽。"
    ),
    "panel_is_full": _l("评审小组没有空缺，不用补抽。"),
    "purchaser_without_role": _l("采购人代表应是本单位的经办人，并且有评审成员的身份。"),
    "purchaser_is_tied": _l("这位采购人代表与供应商有利害关系，应当回避（%(rule)s）。"),
    "chair_is_purchaser": _l("采购人代表不得担任组长（%(rule)s）。"),
    "member_recused": _l("这位成员已经回避。"),
    "member_has_declared": _l("您已经申报过。情况有变化，请告诉项目经办人。"),
    "interest_in_no_bidder": _l("名单里没有这家供应商，请刷新页面再申报。"),
    "recuse_without_words": _l("请写明为什么回避。"),
    "recuse_after_prices": _l("报价已经开启，不能再换评审成员。确有回避情形的，终止本次采购。"),
    "not_of_this_tender": _l("这项内容不属于这个项目。"),
    "bid_is_invalid": _l("这份投标已经无效。"),
    "refusal_without_words": _l("不通过要写明原因，供应商有权知道。"),
    "reason_not_the_panels": _l("请选择评审小组可以认定的原因。"),
    "check_is_closed": _l("资格与符合性审查已经结束。"),
    "checks_missing": _l("还有 %(missing)s 项没有审查，全部审查完才能结束。"),
    "mark_out_of_range": _l("分数应在 0 到 %(most)s 之间（%(rule)s）。"),
    "mark_not_two_decimals": _l("分数最多两位小数，请改为如 12.50 的数字。"),
    "mark_by_recused": _l("您已经回避，不能评分。"),
    "mark_before_declaring": _l("请先申报利害关系，再评分。"),
    "mark_before_check": _l("资格与符合性审查还没有结束，结束后才能评分。"),
    "mark_on_invalid_bid": _l("这份投标无效，不用评分。"),
    "marks_submitted": _l("您的评分已经提交，不能再改。"),
    "marks_missing": _l("已评 %(done)s 项，共 %(total)s 项。全部评完才能提交。"),
    "notes_missing": _l("有 %(count)s 个最高或最低的分数没有写理由，写完才能提交。"),
    "marks_not_in": _l("成员的评分还没有全部提交。全部提交后才能看评分、开报价、排名次。"),
    "consensus_without_words": _l("请写下合议的情况。没有异议也要写一句。"),
    "consensus_not_recorded": _l("还没有记录合议情况。"),
    "report_not_handed_in": _l("评审报告还没有提交。"),
    "correction_without_words": _l("请写明为什么更正。"),
    "correction_changes_nothing": _l("更正后的分数与原来一样。"),
    "correction_ground_absent": _l("这个分数看不出“%(ground)s”。评审结果只能在四种情形下更正（%(rule)s）。"),
    "prices_not_open": _l("报价还没有开启。"),
    "low_price_asked": _l("已经请这家供应商说明报价。"),
    "low_price_time_too_short": _l("给供应商说明的时间不少于 %(least)s 分钟（%(rule)s）。"),
    "low_price_answer_late": _l("说明的时间已到，没有收下这份说明（%(rule)s）。"),
    "low_price_answer_empty": _l("请写下您的说明。"),
    "low_price_decided": _l("评审小组已经对这个报价作出决定。"),
    "low_price_time_runs": _l("供应商还有时间说明，到时再决定。"),
    "low_price_unexplained": _l("供应商没有说明，不能认定报价合理（%(rule)s）。"),
    "low_price_without_words": _l("请写明决定的理由，它要归档。"),
    "low_price_pending": _l("包 %(number)s 还有报价在异常低价审查中，结束后才能提交报告（%(rule)s）。"),
    "lot_has_ended": _l("包 %(number)s 已经终止，不用排名次。"),
    "lot_not_ranked": _l("包 %(number)s 还没有排名次。"),
    "ranking_is_stale": _l("包 %(number)s 排名之后，评分或认定有变化。请重新排名次。"),
    "objective_marks_unequal": _l(
        "有 %(count)s 项客观因素，成员评分不一致。应先更正，再排名次（%(rule)s）。"
    ),
    "panel_superseded": _l("质疑成立，这个评审小组已经被替换，不能再评审。请到新的评审小组办理。"),
    "purchaser_sat_before": _l("这位代表在被替换的评审小组里，请换一位。"),
    "not_replayed": _l("只有质疑成立、需要重新评审时，才能退回这一步。"),
}

MESSAGES = {
    "panel_seat": _l("您被抽选为项目 %(reference)s 的评审成员，请先申报利害关系。"),
    "panel_reopened": _l("项目 %(reference)s 有质疑或投诉成立，退回重新评审。请再核对、提交您的评分。"),
    "panel_set_aside": _l("项目 %(reference)s 的质疑或投诉成立，另抽评审小组。您不用再评了，谢谢。"),
    "low_price_asked": _l("评审小组请您说明投标 %(reference)s 的报价，请在期限内回复。"),
}

ACTIONS = {
    "expert.add": _l("加入了专家库"),
    "expert.describe": _l("修改了专家资料"),
    "expert.leave": _l("移出了专家库"),
    "expert.tie": _l("记录了利害关系"),
    "expert.end_tie": _l("记录了利害关系的结束"),
    "panel.draw": _l("抽取了评审小组"),
    "panel.redraw": _l("补抽了评审成员"),
    "panel.qualify": _l("结束了资格与符合性审查"),
    "panel.consensus": _l("记录了合议情况"),
    "panel.reopen_marks": _l("退回重新评分"),
    "panel.reopen_check": _l("退回重新审查"),
    "panel.set_aside": _l("因质疑或投诉成立替换了评审小组"),
    "panel_member.declare": _l("申报了利害关系"),
    "panel_member.recuse": _l("记录了回避"),
    "panel_member.choose_chair": _l("记录了组长"),
    "panel_member.submit": _l("提交了评分"),
    "opened_bid.check": _l("审查了一项要求"),
    "mark.correct": _l("更正了一个评分"),
    "low_price_question.ask": _l("请供应商说明报价"),
    "low_price_question.answer": _l("说明了报价"),
    "low_price_question.decide": _l("对异常低价作出了决定"),
    "ranking.make": _l("排出了名次"),
}

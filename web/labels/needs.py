"""Words for needs: phases, indicators, evidence, resources, money, and every refusal about them."""

from flask_babel import lazy_gettext as _l

from models.needs.details import EvidenceKind, FundingSource, IndicatorCode, ResourceKind
from models.needs.lifecycle import NeedMove
from models.needs.need import ClosedReason, Engagement, NeedPhase, ReturnReason
from models.needs.raiser import RaiserKind

LABELS = {
    NeedPhase: {
        NeedPhase.DRAFT: _l("草稿"),
        NeedPhase.SUBMITTED: _l("待审核"),
        NeedPhase.RETURNED: _l("已退回"),
        NeedPhase.DELIBERATING: _l("议事中"),
        NeedPhase.STANDARDISED: _l("待匹配"),
        NeedPhase.MATCHED: _l("已匹配"),
        NeedPhase.UNMET: _l("暂无合适服务"),
        NeedPhase.CLOSED: _l("已结束"),
    },
    ClosedReason: {
        ClosedReason.WITHDRAWN: _l("已撤回"),
        ClosedReason.MERGED: _l("已并入其他需求"),
        ClosedReason.ROUTED: _l("已转办"),
        ClosedReason.SETTLED: _l("已解决"),
    },
    ReturnReason: {
        ReturnReason.UNCLEAR: _l("说得不够清楚"),
        ReturnReason.EVIDENCE_MISSING: _l("缺少依据"),
        ReturnReason.NUMBERS_MISSING: _l("缺少数字"),
        ReturnReason.DUPLICATE: _l("与已有需求重复"),
        ReturnReason.DELIBERATE_FIRST: _l("需要先议事"),
    },
    RaiserKind: {
        RaiserKind.BUILDING: _l("楼组"),
        RaiserKind.LANE: _l("弄堂"),
        RaiserKind.OWNERS: _l("业主小组"),
        RaiserKind.RESIDENTS: _l("居民小组"),
    },
    Engagement: {
        Engagement.ACTIVITY: _l("单次活动"),
        Engagement.PROJECT: _l("项目合作"),
        Engagement.ENTRUSTED: _l("委托运营"),
        Engagement.ON_POST: _l("派驻人员"),
    },
    NeedMove: {
        NeedMove.SUBMIT: _l("提交"),
        NeedMove.WITHDRAW: _l("撤回"),
        NeedMove.RETURN: _l("退回"),
        NeedMove.DELIBERATE: _l("开始议事"),
        NeedMove.STANDARDISE: _l("标准化"),
        NeedMove.MERGE: _l("合并"),
        NeedMove.ROUTE: _l("转办"),
        NeedMove.MATCH: _l("确定匹配"),
        NeedMove.DECLARE_UNMET: _l("登记为暂无合适服务"),
        NeedMove.REOPEN: _l("重新打开"),
        NeedMove.SETTLE: _l("登记为已解决"),
    },
    IndicatorCode: {
        IndicatorCode.N1: _l("居民感受"),
        IndicatorCode.N2: _l("主动反映"),
        IndicatorCode.N3: _l("与标准的差距"),
        IndicatorCode.N4: _l("与同类社区的差距"),
        IndicatorCode.N5: _l("严重程度"),
        IndicatorCode.N6: _l("紧迫程度"),
        IndicatorCode.N7: _l("受益面"),
        IndicatorCode.N8: _l("弱势人群占比"),
        IndicatorCode.N9: _l("现有供给"),
        IndicatorCode.N10: _l("可用资源"),
        IndicatorCode.N12: _l("依据的可靠程度"),
    },
    EvidenceKind: {
        EvidenceKind.SURVEY: _l("问卷调查"),
        EvidenceKind.HOTLINE: _l("12345 热线"),
        EvidenceKind.VISIT: _l("入户走访"),
        EvidenceKind.MEETING: _l("居民会议"),
        EvidenceKind.GRID: _l("网格巡查"),
        EvidenceKind.WAITING_LIST: _l("排队登记"),
        EvidenceKind.PHOTO: _l("照片或文件"),
        EvidenceKind.REPORT: _l("其他居民区也反映"),
    },
    ResourceKind: {
        ResourceKind.VENUE: _l("场地"),
        ResourceKind.VOLUNTEERS: _l("志愿者"),
        ResourceKind.SKILLS: _l("居民能人"),
        ResourceKind.EQUIPMENT: _l("设备物资"),
        ResourceKind.MONEY: _l("自筹资金"),
    },
    FundingSource: {
        FundingSource.STREET_BUDGET: _l("街道预算"),
        FundingSource.COMMUNITY_BUDGET: _l("社区自治经费"),
        FundingSource.WELFARE_LOTTERY: _l("福彩公益金"),
        FundingSource.COMMUNITY_FOUNDATION: _l("社区基金会"),
        FundingSource.DONATION: _l("社会捐助"),
        FundingSource.SELF_RAISED: _l("居民自筹"),
        FundingSource.UNKNOWN: _l("还不知道"),
    },
}

SEVERITY = [_l("几乎不影响"), _l("有点影响"), _l("比较严重"), _l("很严重"), _l("非常严重")]
URGENCY = [_l("不急"), _l("一年内"), _l("半年内"), _l("三个月内"), _l("马上")]
"""The five words people pick instead of a digit; the place in the list is what is stored."""

COUNTED_IN = {
    EvidenceKind.SURVEY: _l("份"),
    EvidenceKind.HOTLINE: _l("通"),
    EvidenceKind.VISIT: _l("户人家"),
    EvidenceKind.MEETING: _l("人"),
    EvidenceKind.GRID: _l("起"),
    EvidenceKind.WAITING_LIST: _l("人"),
    EvidenceKind.PHOTO: _l("份"),
    EvidenceKind.REPORT: _l("人"),
}
"""What a source's number counts."""

SENTENCES = {
    "ticket_known": _l("工单 %(number)s 已经导入过，不重复收。"),
    "ticket_in_future": _l("受理时间不能晚于今天。"),
    "ticket_need_not_open": _l("需求 %(reference)s 已经办结或不在这个居民区，不能并入。"),
    "ticket_need_unknown": _l("这个居民区没有这个编号的需求，请核对编号。"),
    "ticket_settled": _l("这张工单已经处理过了。"),
    "ticket_aside_words": _l("请写明为什么不用处理。"),
    "raiser_name_missing": _l("请填写小组名称，例如 3 号楼组。"),
    "raiser_households": _l("小组户数要在 %(least)s 到 %(most)s 之间。"),
    "raiser_households_above": _l("小组户数超过了居民区的 %(most)s 户，请核对。"),
    "need_is_no_model": _l("这项需求还没有评为优秀或良好的项目，不能照着提。您可以自己发布一项需求。"),
    "need_model_not_for_you": _l("只能由别的居民区的社区工作者照着提。"),
    "need_unit_not_neighbourhood": _l("需求要落到具体的居民区，“%(unit)s”不是居民区，请重新选择。"),
    "need_code_unknown": _l("没有代码为“%(code)s”的类别，请从列表中选择。"),
    "need_too_many_codes": _l("最多选 %(most)s 个，请留下最贴切的。"),
    "need_indicator_out_of_range": _l("指标只能是 0 到 4，不能是 %(value)s。"),
    "need_count_out_of_range": _l("数量要在 0 到 %(most)s 之间，请填写如 21 的数字。"),
    "need_day_in_future": _l("日期不能晚于今天，请重新填写。"),
    "need_too_many_files": _l("最多附 %(most)s 个文件，请先删除不需要的。"),
    "need_amount_out_of_range": _l("金额要在 0 到 100 亿元之间，请填写如 60000 的数字。"),
    "need_budget_negative": _l("预算不能小于 0，请填写如 120000 的数字；不清楚就选“不知道”。"),
    "need_ends_before_start": _l("结束日期不能早于开始日期，请重新填写。"),
    "need_people_out_of_range": _l("人数至少是 1，请填写如 47 的数字。"),
    "need_scale_out_of_range": _l("请在五个词里选一个。"),
    "need_assessment_not_usable": _l("这份需求调研不能用在这里：请选本居民区或所在街道、区已完成的调研。"),
    "need_cannot_fold": _l("%(reference)s 不能并入：它还是草稿，或者已经结束，或者就是这一条。"),
    "need_incomplete": _l("还差 %(count)s 项，补全后就能提交。"),
    "need_lacks_description": _l("请写清楚发生了什么，至少 8 个字。"),
    "need_lacks_codes": _l("请至少选一个服务类别。"),
    "need_lacks_groups": _l("请至少选一类人群。"),
    "need_lacks_affected_people": _l("请填写大约有多少人，如 47。"),
    "need_lacks_severity": _l("请选一个词，说明有多严重。"),
    "need_lacks_urgency": _l("请选一个词，说明有多急。"),
    "need_lacks_evidence": _l("请至少勾选一项依据。"),
    "need_lacks_starts_on": _l("请选希望从哪个月开始。"),
}

MESSAGES = {
    "need_submitted": _l("收到新提交的需求 %(reference)s，请在 5 个工作日内处理。"),
}

ACTIONS = {
    "ticket.bring": _l("收入了一张工单"),
    "ticket.count": _l("把工单并入了需求"),
    "ticket.begin": _l("由工单写成了需求草稿"),
    "ticket.set_aside": _l("认定工单不用处理"),
    "need.set_raiser": _l("写了由谁提出"),
    "need.start": _l("开始写需求"),
    "need.edit": _l("修改了需求"),
    "need.set_terms": _l("选定了类别和人群"),
    "need.set_indicators": _l("设定了指标"),
    "need.set_evidence": _l("补充了依据"),
    "need.set_resources": _l("登记了可用资源"),
    "need.set_funding": _l("登记了资金来源"),
    "need.attach": _l("附上了文件"),
    "need.detach": _l("删除了一项依据"),
    "need.copy": _l("由以前的需求复制而来"),
    "need.ask_same": _l("参照别处办得好的项目起草"),
    "need.take_in": _l("收到另一条需求并入"),
    "need.submit": _l("提交了需求"),
    "need.withdraw": _l("撤回了需求"),
    "need.return": _l("退回了需求"),
    "need.deliberate": _l("开始议事"),
    "need.standardise": _l("完成标准化"),
    "need.merge": _l("并入了另一条需求"),
    "need.route": _l("转给其他部门办理"),
    "need.match": _l("确定了匹配的服务"),
    "need.declare_unmet": _l("登记为暂无合适服务"),
    "need.reopen": _l("重新打开"),
    "need.settle": _l("登记为已解决"),
}

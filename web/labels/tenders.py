"""Words for tenders: phases, what is still to do, refusals, messages, what happened."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.tenders.amendment import AmendmentKind
from models.tenders.checking import Section, TaskCode
from models.tenders.lifecycle import LotPhase
from models.tenders.lot import FailReason
from models.tenders.notice import NoticeKind
from models.tenders.tender import TenderPhase
from models.tenders.terms import RequirementKind

LABELS = {
    TenderPhase: {
        TenderPhase.DRAFT: _l("起草中"),
        TenderPhase.TENDERING: _l("接受投标"),
        TenderPhase.CLOSED: _l("已截止，待开标"),
        TenderPhase.EVALUATION: _l("评审中"),
        TenderPhase.REPORTED: _l("待定结果"),
        TenderPhase.DECIDED: _l("已定结果"),
        TenderPhase.COMPLETE: _l("采购完成"),
        TenderPhase.FAILED: _l("采购失败"),
        TenderPhase.CANCELLED: _l("已取消采购"),
    },
    LotPhase: {
        LotPhase.LIVE: _l("进行中"),
        LotPhase.FAILED: _l("本包失败"),
        LotPhase.CANCELLED: _l("本包取消"),
    },
    FailReason: {
        FailReason.FEW_BIDS: _l("投标（响应）的供应商不足"),
        FailReason.FEW_VALID: _l("符合要求的供应商不足"),
        FailReason.IRREGULARITY: _l("出现影响公正的违法违规行为"),
        FailReason.ABOVE_BUDGET: _l("报价都超过预算，采购人不能支付"),
        FailReason.NEED_CHANGED: _l("情况有重大变化，采购任务取消"),
    },
    AmendmentKind: {
        AmendmentKind.CLARIFICATION: _l("澄清"),
        AmendmentKind.CHANGE: _l("变更"),
        AmendmentKind.OUTAGE: _l("统一延期"),
    },
    NoticeKind: {
        NoticeKind.INTENT: _l("采购意向公告"),
        NoticeKind.TENDER: _l("采购公告"),
        NoticeKind.AMENDMENT: _l("更正公告"),
        NoticeKind.SINGLE_SOURCE: _l("单一来源公示"),
        NoticeKind.AWARD: _l("结果公告"),
        NoticeKind.FAILURE: _l("失败或终止公告"),
        NoticeKind.CONTRACT: _l("合同公告"),
        NoticeKind.ACCEPTANCE: _l("验收公告"),
    },
    RequirementKind: {
        RequirementKind.CIVIL_LIABILITY: _l("独立承担民事责任"),
        RequirementKind.CREDIT: _l("商业信誉和财务制度"),
        RequirementKind.EQUIPMENT: _l("设备和专业能力"),
        RequirementKind.TAX: _l("纳税和社会保障资金"),
        RequirementKind.NO_VIOLATION: _l("三年内无重大违法记录"),
        RequirementKind.OTHER_LEGAL: _l("法律法规的其他条件"),
        RequirementKind.PARTICULAR: _l("本项目的特定要求"),
    },
    Section: {
        Section.BASICS: _l("基本情况"),
        Section.LOTS: _l("采购包"),
        Section.CRITERIA: _l("评分项"),
        Section.REQUIREMENTS: _l("资格条件"),
        Section.MILESTONES: _l("付款节点"),
        Section.KEYS: _l("开标口令"),
        Section.NOTICES: _l("官方公告"),
    },
    TaskCode: {
        TaskCode.DESCRIPTION_MISSING: _l("写明采购需求。"),
        TaskCode.BUDGET_ITEM_MISSING: _l("写明预算项目：没有预算的不能采购。"),
        TaskCode.PERIOD_MISSING: _l("写明服务起止日期。"),
        TaskCode.PERIOD_OVER_USUAL: _l("服务期限超过 1 年：只有内容固定、连续性强、经费有保障的才可以。"),
        TaskCode.PERIOD_TOO_LONG: _l("服务期限不能超过 3 年，请改短。"),
        TaskCode.METHOD_NOT_ALLOWED: _l("这个金额不能用现在选的采购方式，请换一种。"),
        TaskCode.SPLITTING: _l(
            "同一预算项目今年已用其他方式采购，加上这一笔超过公开招标数额标准："
            "属于化整为零，应当公开招标或经财政部门批准。"
        ),
        TaskCode.METHOD_REASON_MISSING: _l("写明为什么采用这种采购方式。"),
        TaskCode.RESERVATION_REASON_MISSING: _l("写明不专门面向中小企业的理由；不写，社会组织会被挡在门外。"),
        TaskCode.USERS_MISSING: _l("写明验收时请哪些服务对象参加。"),
        TaskCode.CRITERIA_MISSING: _l("至少写一个评分项。"),
        TaskCode.REQUIREMENTS_MISSING: _l("写明资格条件。"),
        TaskCode.MILESTONES_NOT_100: _l("付款节点的比例合计要正好是百分之百。"),
        TaskCode.KEYS_MISSING: _l("生成开标口令，分给开标人员。"),
        TaskCode.PHRASES_WAIT: _l("等每位开标人员取走自己的口令。"),
        TaskCode.INTENT_NOTICE_MISSING: _l("采购意向一般提前 30 日公开，登记公告的网址和日期。"),
        TaskCode.SINGLE_SOURCE_NOTICE_MISSING: _l("登记单一来源公示的网址和日期。"),
    },
}

SENTENCES = {
    "purchaser_wrong": _l("%(unit)s不是采购人。采购由街道或区一级办理（规则 %(rule)s）。"),
    "tender_without_needs": _l("请至少选一条需求。"),
    "tender_budget_unknown": _l("所选的需求都没有写预算，请填写这次采购的预算。"),
    "need_of_another_area": _l("需求 %(reference)s 不在您的区域内。"),
    "need_in_another_tender": _l("需求 %(need)s 已经在采购项目 %(reference)s 里，不能重复采购。"),
    "need_not_ready": _l("需求 %(reference)s 现在处于“%(phase)s”，标准化或匹配之后才能采购。"),
    "need_in_two_lots": _l("一条需求只能放在一个包里。"),
    "tender_title_missing": _l("请填写项目名称。"),
    "tender_ends_before_start": _l("结束日期早于开始日期，请核对。"),
    "survey_negative": _l("调查对象的个数不能小于 0。"),
    "organisation_unknown": _l("没有找到这家机构，请重新选择。"),
    "tender_without_lots": _l("至少要有一个包。"),
    "lot_title_missing": _l("请填写包的名称。"),
    "lot_without_needs": _l("“%(title)s”没有对应的需求，请至少选一条。"),
    "lot_amount_out_of_range": _l("金额应大于 0、不超过 %(most)s 元，请填写如 120000 的数字。"),
    "amount_in_fen": _l("金额最多两位小数。"),
    "ceiling_above_budget": _l("最高限价不能高于预算 %(budget)s 元（规则 %(rule)s）。"),
    "quantity_out_of_range": _l("数量应是大于 0 的整数。"),
    "criterion_title_missing": _l("请填写评分项的名称。"),
    "weight_out_of_range": _l("应在 0 到 100 之间，最多两位小数，请填写如 12.5 的数字。"),
    "requirement_words_missing": _l("请写明条件。"),
    "milestone_title_missing": _l("请填写节点名称。"),
    "milestone_due_out_of_range": _l("天数应在 0 到 %(most)s 之间。"),
    "escrow_place_missing": _l("请写明备用口令的信封存放在哪里。"),
    "officer_twice": _l("同一个人不能选两次。"),
    "officers_too_few": _l("至少选 %(least)s 位开标人员，谁也不能一个人开标。"),
    "officer_not_official": _l("开标人员要从本单位或上级单位的经办人里选。"),
    "phrase_fetched": _l("这份口令已经取走，系统里不再有它。如果没有抄下来，发布之前可以请经办人重新生成。"),
    "phrase_of_another": _l("这份口令属于另一个人，只有本人能取。"),
    "tender_not_ready": _l("还有 %(count)s 处要完成或改正，才能发布。"),
    "deadline_not_ahead": _l("截止时间要在现在之后。"),
    "deadline_not_workday": _l("%(day)s 不上班，请改到 %(next)s 或之后的工作日（规则 %(rule)s）。"),
    "question_missing": _l("请写下您的问题。"),
    "enquiry_answered": _l("这个问题已经答复过了。"),
    "answer_missing": _l("请写下答复。"),
    "amendment_words_missing": _l("请写明内容。"),
    "change_bears_on_bids": _l("改了采购文件的内容，就会影响投标，请选“影响投标”。"),
    "change_needs_new_tender": _l("采购方式、分包、评分和金额不能变更，需要取消后重新采购。"),
    "amendment_must_extend": _l(
        "离截止不到 %(days)s 个%(kind)s，影响投标的变更要同时顺延截止时间，"
        "最早到 %(first)s（规则 %(rule)s）。"
    ),
    "extension_not_later": _l("新的截止时间要晚于现在的截止时间。"),
    "end_words_missing": _l("请写明理由，所有投标和提问的供应商都会看到。"),
    "reason_is_of_the_tender": _l("这个原因是整个项目的，请选择整个项目。"),
    "last_lot": _l("这是最后一个还在进行的包，请直接结束整个项目。"),
    "notice_before_publication": _l("项目发布之前只能登记采购意向和单一来源公示。"),
    "notice_day": _l("公告日期不能晚于今天，也不能早于 2004 年。"),
    "approval_without_failed_tender": _l(
        "只有公开招标因供应商不足失败之后，就同一需求改用谈判的，才能登记两家的批准（规则 %(rule)s）。"
    ),
    "approval_day": _l("批准日期应在 %(first)s（招标失败）到 %(last)s 之间。"),
    "approval_incomplete": _l("请把批准文号和内容都写全。"),
    "notice_address": _l("请填写完整的网址，如 http://www.ccgp-shanghai.gov.cn/ 开头的地址。"),
}

MESSAGES = {
    "tender_phrase_waits": _l("采购项目 %(reference)s：请取走您的开标口令，抄在纸上保管"),
    "need_in_procurement": _l("您提的需求已进入采购，项目 %(reference)s 已发布"),
    "enquiry_asked": _l("采购项目 %(reference)s 收到一个新问题，请在三个工作日内答复"),
    "enquiry_answered": _l("采购项目 %(reference)s 有了新的答复"),
    "tender_amended": _l(
        "采购项目 %(reference)s 发布了第 %(number)s 号更正，请查看；已投标的要确认或重新提交"
    ),
    "tender_extended": _l("采购项目 %(reference)s 统一延长了截止时间（第 %(number)s 号更正）"),
    "tender_cancelled": _l("采购项目 %(reference)s 已取消，理由见项目页"),
    "tender_failed": _l("采购项目 %(reference)s 采购失败，理由见项目页"),
    "lot_cancelled": _l("采购项目 %(reference)s 的第 %(lot)s 包已取消，理由见项目页"),
    "lot_failed": _l("采购项目 %(reference)s 的第 %(lot)s 包采购失败，理由见项目页"),
}

ACTIONS: Mapping[str, LazyString] = {
    "tender.draft": _l("开始起草采购项目"),
    "tender.edit": _l("修改了基本情况"),
    "tender.set_lots": _l("修改了采购包"),
    "tender.set_criteria": _l("修改了评分项"),
    "tender.set_requirements": _l("修改了资格条件"),
    "tender.set_milestones": _l("修改了付款节点"),
    "tender.make_keys": _l("生成了开标口令"),
    "tender.fetch_phrase": _l("取走了开标口令"),
    "tender.publish": _l("发布了采购项目"),
    "tender.amend": _l("发布了更正"),
    "tender.extend": _l("统一延长了截止时间"),
    "tender.note_notice": _l("登记了官方公告"),
    "tender.approve_two": _l("登记了两家可以继续谈判的批准"),
    "tender.open": _l("开启了技术标"),
    "tender.open_prices": _l("开启了报价"),
    "tender.report": _l("提交了评审报告"),
    "tender.decide": _l("确定了结果"),
    "tender.replay": _l("质疑成立，退回重新评审"),
    "tender.complete": _l("签完合同，采购完成"),
    "tender.fail_few_bids": _l("因投标不足宣布采购失败"),
    "tender.fail_few_valid": _l("因符合要求的不足宣布采购失败"),
    "tender.fail_irregularity": _l("因违法违规宣布采购失败"),
    "tender.fail_above_budget": _l("因报价超过预算宣布采购失败"),
    "tender.fail_need_changed": _l("因情况变化宣布采购失败"),
    "tender.cancel": _l("取消了采购"),
    "lot.fail_few_bids": _l("因投标不足宣布一个包失败"),
    "lot.fail_few_valid": _l("因符合要求的不足宣布一个包失败"),
    "lot.cancel": _l("取消了一个包"),
    "enquiry.ask": _l("提出了问题"),
    "enquiry.answer": _l("答复了问题"),
}

CHANGED: Mapping[str, LazyString] = {
    "description": _l("采购需求"),
    "users_words": _l("参加验收的服务对象"),
    "contract_words": _l("合同条款"),
    "service_starts_on": _l("服务开始日期"),
    "service_ends_on": _l("服务结束日期"),
}
"""What an amendment may write anew."""

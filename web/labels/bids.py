"""Words for bids: phases, what is lacking, opening sessions, why a bid does not count, refusals."""

from flask_babel import lazy_gettext as _l

from models.bids.bid import BidPhase
from models.bids.completeness import BidSection, Lack
from models.bids.opened import InvalidReason
from models.bids.opening import OpeningOutcome
from models.sealing.keys import Envelope

LABELS = {
    BidPhase: {
        BidPhase.SEALED: _l("已密封"),
        BidPhase.REPLACED: _l("已被新的投标替换"),
        BidPhase.WITHDRAWN: _l("已撤回"),
    },
    BidSection: {
        BidSection.WHO: _l("我们是谁"),
        BidSection.ANSWERS: _l("对评分因素的答复"),
        BidSection.TEAM: _l("团队"),
        BidSection.CONSORTIUM: _l("联合体"),
        BidSection.SUBCONTRACTING: _l("分包"),
        BidSection.PRICE: _l("报价"),
        BidSection.ATTACHMENTS: _l("附件"),
    },
    Lack: {
        Lack.REQUIREMENT: _l("还没有说明如何满足这项条件"),
        Lack.ANSWER: _l("还没有答复这项评分因素"),
        Lack.CONSORTIUM_UNCONFIRMED: _l("联合体还有成员没有确认"),
        Lack.PRICE: _l("还没有填写报价"),
        Lack.ITEMS_NOT_PRICE: _l("报价明细之和不等于报价"),
    },
    Envelope: {
        Envelope.TECHNICAL: _l("技术标"),
        Envelope.PRICE: _l("报价标"),
    },
    OpeningOutcome: {
        OpeningOutcome.OPENED: _l("已开标"),
        OpeningOutcome.TOO_FEW_BIDS: _l("投标不足，没有开标"),
        OpeningOutcome.BROKEN_OFF: _l("中止，没有开标"),
    },
    InvalidReason: {
        InvalidReason.ENVELOPE_TAMPERED: _l("投标文件与提交时不一致，打不开"),
        InvalidReason.NOT_CONFIRMED: _l("更正公告之后没有确认（R22）"),
        InvalidReason.NOT_QUALIFIED: _l("资格审查未通过（R50）"),
        InvalidReason.ABOVE_CEILING: _l("报价超过最高限价或预算（R30）"),
        InvalidReason.PRICE_UNREADABLE: _l("报价无法读取"),
        InvalidReason.LOW_PRICE_UNPROVED: _l("报价过低，不能证明合理（R29）"),
        InvalidReason.SUBSTANTIVE: _l("没有响应实质性要求"),
        InvalidReason.COLLUSION: _l("视为串通投标"),
        InvalidReason.CONFLICT: _l("存在应当回避的利害关系（R53）"),
    },
}

SENTENCES = {
    # Taking part
    "bid_late": _l("投标已经截止，截止时间一到就不再收（财政部令第87号第33条）。您写的草稿还在，没有提交。"),
    "bid_lot_ended": _l("这个项目或这一包已经取消或终止，不再收投标。您写的草稿没有提交。"),
    "bid_opening_begun": _l("开标已经开始，不再收投标，也不能撤回。"),
    "bid_author_barred": _l(
        "贵机构（或联合体成员）为本项目写过需求或采购文件，不能参加投标（%(rule)s，实施条例第18条）。"
    ),
    "bid_organisation_dishonest": _l(
        "“%(name)s”在严重违法失信名单上，现在不能参加政府采购（%(rule)s，政府采购法第22条）。"
    ),
    "bid_alone_and_in_consortium": _l("同一包里不能既单独投标、又参加联合体（%(rule)s）。请先退出其中一边。"),
    # Writing
    "bid_draft_gone": _l(
        "这份草稿已经密封提交，或已被删除。请到“我的投标”看最新情况，您提交的内容没有丢失。"
    ),
    "bid_draft_exists": _l("这一包已经有草稿。要从副本开始，请先删除现有草稿。"),
    "bid_amount_wrong": _l("金额应大于 0，最多两位小数，请填写如 450000 或 1200.50 的数字。"),
    "bid_incomplete": _l("还有 %(count)s 处没有填好，不能密封。草稿没有变动。"),
    "bid_copy_gone": _l("副本只能下载一次，现在已经没有了。平台不保留可读的副本。"),
    "subcontracting_not_allowed": _l("本项目不允许分包，请把分包说明留空（%(rule)s）。"),
    # Bidding together
    "consortium_not_allowed": _l("本项目不接受联合体投标（%(rule)s）。"),
    "consortium_sealed": _l("已经密封提交的投标里有这个联合体。要改动，请牵头单位先撤回投标。"),
    "consortium_without_lead": _l("联合体里应有牵头单位自己的分工和份额。"),
    "consortium_member_twice": _l("同一家机构在联合体里出现了两次（%(rule)s）。"),
    "consortium_size": _l("联合体应有 2 到 %(most)s 家机构。"),
    "consortium_share_wrong": _l("每家的份额应大于 0，最多两位小数。"),
    "consortium_shares_not_100": _l("各家份额之和是 %(total)s%%，应为 100%%。"),
    "consortium_work_missing": _l("请写明每家机构承担的工作。"),
    "consortium_member_unknown": _l("没有找到统一社会信用代码为“%(typed)s”的机构，请核对。"),
    "consortium_twice": _l("这家机构在同一包里已经确认参加另一个联合体（%(rule)s）。"),
    "consortium_liability_missing": _l(
        "参加联合体要对采购人承担连带责任（政府采购法第24条）。同意后请勾选，再确认。"
    ),
    "consortium_lead_stays": _l("牵头单位不能退出自己的联合体，可以解散它。"),
    # Opening
    "opening_too_early": _l("还没有到投标截止时间，不能开标。"),
    "opening_under_way": _l("开标正在进行，请到开标室继续。"),
    "opening_held_already": _l("报价已经开过。"),
    "opening_ended": _l("这次开标已经结束，请刷新页面。"),
    "marks_not_in": _l("技术评分还没有全部提交，不能开报价（R27）。"),
    "share_of_another_person": _l("这是另一位人员的口令。请每位人员自己登录、自己输入。"),
    "share_giver_twice": _l("您已经交过一份口令。每份口令须由不同的人员输入。"),
    "escrow_words_missing": _l("这是封存的备用口令。请写明从哪里取出、为什么使用。"),
    "break_off_words_missing": _l("请写明中止开标的原因。"),
    # Sealing
    "threshold_out_of_range": _l("开标人数须在 %(least)s 到 %(officers)s 之间，开标人员最多 %(most)s 名。"),
    "share_unreadable": _l("这份开标口令有误（读到 %(words)s 个词，应为 33 个）。请对照原件检查。"),
    "share_twice": _l("同一份口令输入了两次。请换另一位人员的口令。"),
    "share_of_another_tender": _l("其中有一份口令不属于本项目。"),
    "too_few_shares": _l("已有 %(have)s 份口令，需要 %(need)s 份才能开标。"),
    "envelope_tampered": _l("这份投标文件与提交时不一致，不能打开。"),
    "envelope_too_large": _l("内容太大，最多 %(limit_mb)s MB。"),
    "content_too_large": _l("内容太大，最多 %(limit_mb)s MB。"),
    "content_unreadable": _l("这不是本平台生成的投标文件副本，或文件已损坏。"),
    "content_altered": _l("文件内容与清单不一致，可能被改动过。"),
    "attachment_name": _l("文件名“%(name)s”不能使用。请去掉其中的特殊符号，并控制在 200 字以内。"),
    "attachment_twice": _l("有两个附件同名：“%(name)s”。请改名。"),
    "attachment_media_type": _l("无法识别附件“%(name)s”的类型。"),
    "too_many_attachments": _l("附件最多 %(limit)s 个。"),
    "draft_unreadable": _l("草稿无法读取，请重新填写，或用已下载的副本开始。"),
    "receipt_unreadable": _l("这不是本平台的投标回执，或内容被改动过。"),
    "receipt_of_other_envelope": _l("所给文件与回执不符。"),
}

MESSAGES = {
    "consortium_invited": _l("项目 %(reference)s：有机构请贵机构一起投标，请查看分工和份额后答复。"),
    "consortium_confirmed": _l("项目 %(reference)s：一家联合体成员已确认参加。"),
    "consortium_declined": _l("项目 %(reference)s：一家联合体成员不参加。"),
}

ACTIONS = {
    "bid.draft": _l("开始写投标"),
    "bid.discard": _l("删除了投标草稿"),
    "bid.submit": _l("密封并提交了投标"),
    "bid.replace": _l("以新的投标替换了这份投标"),
    "bid.withdraw": _l("撤回了投标"),
    "bid.confirm": _l("更正公告之后确认了投标"),
    "bid.take_copy": _l("下载了副本"),
    "bid.invalid": _l("投标被认定无效"),
    "consortium.invite": _l("邀请组成联合体"),
    "consortium.confirm": _l("确认参加联合体"),
    "consortium.decline": _l("不参加联合体"),
    "consortium.dissolve": _l("解散了联合体"),
    "opening.start": _l("开始了开标"),
    "opening.give": _l("交了一份开标口令"),
    "opening.refuse": _l("一份口令没有被接受"),
    "opening.order": _l("随机排定了投标的代号"),
    "opening.open": _l("打开了投标文件"),
    "opening.break_off": _l("中止了开标"),
    "opening.too_few_bids": _l("投标不足，没有开标"),
    "opening.lot_too_few_bids": _l("一包的投标不足，没有打开"),
}

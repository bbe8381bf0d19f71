"""Words for the rule book: methods, dates, reasons, findings, thresholds."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.calendar.counting import DayKind
from models.rulebook.deadlines import Direction, Event, Start
from models.rulebook.finding import FindingCode, Severity
from models.rulebook.gating import GatingKind
from models.rulebook.methods import Method
from models.rulebook.picker import ServiceKind, Standing, Why
from models.rulebook.rule import Verified
from models.rulebook.thresholds import ThresholdKind
from models.rulebook.working_days import KnownBy

LABELS = {
    KnownBy: {
        KnownBy.LIBRARY: _l("系统已有国务院办公厅的安排"),
        KnownBy.ENTRY: _l("已录入"),
        KnownBy.NOBODY: _l("还不知道"),
    },
    Method: {
        Method.OPEN_TENDER: _l("公开招标"),
        Method.COMPETITIVE_CONSULTATION: _l("竞争性磋商"),
        Method.NEGOTIATION: _l("竞争性谈判"),
        Method.SINGLE_SOURCE: _l("单一来源"),
        Method.COMPARISON: _l("限额以下比选"),
        Method.FRAMEWORK_CALL_OFF: _l("框架协议"),
    },
    DayKind: {
        DayKind.CALENDAR: _l("自然日"),
        DayKind.WORKING: _l("工作日"),
    },
    Event: {
        Event.BID_DEADLINE: _l("投标（响应）截止"),
        Event.DOCUMENTS_UNTIL: _l("采购文件提供到"),
        Event.CLARIFICATION_UNTIL: _l("影响编制的澄清发出"),
        Event.AWARD_DECISION_UNTIL: _l("采购人确定中标（成交）人"),
        Event.AWARD_NOTICE_UNTIL: _l("公告结果并发出通知书"),
        Event.CHALLENGE_UNTIL: _l("对结果提出质疑"),
        Event.CHALLENGE_REPLY_UNTIL: _l("答复质疑"),
        Event.COMPLAINT_UNTIL: _l("提起投诉"),
        Event.CONTRACT_UNTIL: _l("签订合同"),
        Event.CONTRACT_PUBLICATION_UNTIL: _l("公告合同"),
        Event.CONTRACT_FILING_UNTIL: _l("合同备案"),
    },
    Start: {
        Start.ISSUED: _l("采购文件发出"),
        Start.BID_DEADLINE: _l("投标截止"),
        Start.REPORT_DELIVERED: _l("评审报告送达"),
        Start.DECIDED: _l("最迟确定结果"),
        Start.NOTICE: _l("结果公告"),
        Start.NOTICE_END: _l("结果公告期满"),
        Start.CONTRACT_SIGNED: _l("合同签订"),
        Start.CHALLENGE_RECEIVED: _l("收到质疑"),
        Start.CHALLENGE_REPLIED: _l("答复质疑"),
        Start.REPLY_DUE: _l("答复期满（未答复）"),
    },
    Direction: {
        Direction.NOT_BEFORE: _l("不早于"),
        Direction.NOT_AFTER: _l("不晚于"),
        Direction.AHEAD: _l("不晚于"),
    },
    Verified: {
        Verified.V1: _l("全文核对"),
        Verified.V2: _l("条文核对"),
        Verified.V3: _l("转引"),
        Verified.U: _l("未核实"),
    },
    ThresholdKind: {
        ThresholdKind.PROCUREMENT_LIMIT: _l("采购限额标准"),
        ThresholdKind.OPEN_TENDER: _l("公开招标数额标准"),
    },
    ServiceKind: {
        ServiceKind.PUBLIC_SERVICE: _l("面向居民的公共服务"),
        ServiceKind.OWN_USE: _l("机关履职所需的辅助服务"),
        ServiceKind.GOODS_OR_WORKS: _l("货物或工程"),
        ServiceKind.STAFFING: _l("用工、劳务派遣"),
        ServiceKind.FINANCING: _l("融资"),
    },
    Standing: {
        Standing.USUAL: _l("通常采用"),
        Standing.ALLOWED: _l("可以采用"),
        Standing.WITH_GROUNDS: _l("符合法定情形才可以"),
        Standing.WITH_APPROVAL: _l("须经财政部门批准"),
        Standing.NOT_ALLOWED: _l("不可以"),
    },
    Why: {
        Why.BELOW_LIMIT: _l("金额不到采购限额标准 %(limit)s，按内部控制比选。"),
        Why.VOLUNTARY: _l("金额不到采购限额标准 %(limit)s，也可以自愿采用法定方式。"),
        Why.REACHES_LIMIT: _l("金额达到采购限额标准 %(limit)s，应采用法定方式。"),
        Why.CONSULTATION_FOR_SERVICES: _l("政府购买服务是竞争性磋商列明的情形。"),
        Why.TENDER_BY_CHOICE: _l("金额不到公开招标数额标准 %(tender)s，可以选择公开招标。"),
        Why.NEGOTIATION_CASES: _l("须属于法定情形：招标失败、技术复杂、时间紧急或无法事先算出总价。"),
        Why.SINGLE_SOURCE_CASES: _l(
            "须属于法定情形：唯一供应商、紧急，或不超过 %(addition)s%% 的添购。"
            "达到公开招标数额标准而供应商唯一的，先公示不少于 %(days)s 个工作日。"
        ),
        Why.REACHES_TENDER: _l("金额达到公开招标数额标准 %(tender)s，应当公开招标。"),
        Why.FINANCE_APPROVES: _l("采用其他方式，须在采购开始前经财政部门批准。"),
        Why.FINANCE_APPROVED: _l("财政部门已批准采用其他方式。"),
        Why.USERS_CHOOSE: _l("由居民在 %(suppliers)s 家以上供应商中自己选择，可以订立框架协议。"),
        Why.USERS_DO_NOT_CHOOSE: _l("框架协议用于由居民在 %(suppliers)s 家以上供应商中自己选择的公共服务。"),
        Why.SPLITTING: _l(
            "同一预算项目今年用其他方式采购的加上这一笔共 %(total)s，超过公开招标数额标准 %(tender)s，"
            "属于化整为零，应当公开招标。"
        ),
        Why.NEGATIVE_LIST: _l("这类事项在负面清单上，不得作为政府购买服务。"),
        Why.NO_BUDGET: _l("没有列入预算，不能采购。"),
        Why.ASK_THE_PUBLIC: _l("公共服务的需求先征求居民意见。"),
        Why.SURVEY_FIRST: _l("采购前先做需求调查，调查对象不少于 %(respondents)s 个；一年内做过的可以沿用。"),
        Why.INTENT_NOTICE: _l("采购意向一般提前 %(days)s 日公开。"),
        Why.SME_RESERVATION_TRAP: _l(
            "%(amount)s以下、适宜由中小企业提供的服务要专门面向中小企业，而社会组织不是中小企业，会被挡在门外。"
            "打算请社会组织参加的，写明不预留的理由。"
        ),
        Why.SME_DEDUCTION: _l("小微企业的报价扣除 %(least)s%% 至 %(most)s%% 后评审，社会组织没有这项扣除。"),
        Why.NO_SME_STATUS: _l("社会组织不能划为中小企业，不要请它们出具中小企业声明函。"),
    },
    GatingKind: {
        GatingKind.GATING_LIST: _l("以名录、库为门槛"),
        GatingKind.LOCALITY: _l("限定所在地"),
        GatingKind.REGIONAL_RECORD: _l("限定某地的业绩、奖项"),
        GatingKind.ORGANISATIONAL_FORM: _l("限定组织形式或所有制"),
        GatingKind.YEARS_IN_BUSINESS: _l("限定成立年限"),
        GatingKind.SIZE: _l("限定资本、规模"),
    },
    Severity: {
        Severity.REFUSES: _l("改正后才能发布"),
        Severity.WARNS: _l("请留意"),
    },
    FindingCode: {
        FindingCode.WEIGHTS_NOT_100: _l("权重合计是 %(total)s，应当正好是 100。"),
        FindingCode.WEIGHT_NOT_POSITIVE: _l("“%(title)s”的权重应当大于 0。"),
        FindingCode.PRICE_WEIGHT_BELOW_FLOOR: _l("价格权重 %(weight)s%% 低于下限 %(floor)s%%。"),
        FindingCode.PRICE_WEIGHT_ABOVE_CEILING: _l("价格权重 %(weight)s%% 高于上限 %(ceiling)s%%。"),
        FindingCode.FIXED_PRICE_SCORED: _l("执行统一价格的项目不给价格打分，现在的价格权重是 %(weight)s%%。"),
        FindingCode.LOWEST_PRICE_WINS: _l("谈判以最低报价成交，不设评分项。"),
        FindingCode.CRITERION_NOT_QUANTIFIED: _l("“%(title)s”没有分档，请写明每一档的要求和分值。"),
        FindingCode.CRITERION_VAGUE: _l(
            "“%(title)s”的各档只有“优、良、一般”之类的词，请写出可以核对的要求。"
        ),
        FindingCode.POINTS_ABOVE_WEIGHT: _l("“%(title)s”最高一档 %(points)s 分，超过它的权重 %(weight)s。"),
        FindingCode.CONDITION_SCORED: _l("“%(title)s”已经是资格条件，不能再打分。"),
        FindingCode.GATING_WORDS: _l("“%(words)s”：%(kind)s，不得作为条件或评分项。"),
        FindingCode.SPECIFICATION_AUTHOR_INVITED: _l(
            "编写过这份需求的机构不能参加投标，请从邀请名单中去掉。"
        ),
        FindingCode.DEADLINE_TOO_EARLY: _l(
            "截止日 %(chosen)s 太早，最早是 %(first)s（%(days)s 个%(kind)s）。"
        ),
        FindingCode.DOCUMENTS_TOO_SHORT: _l(
            "文件只提供到 %(chosen)s，至少要到 %(first)s（%(days)s 个%(kind)s）。"
        ),
        FindingCode.CLARIFICATION_TOO_LATE: _l(
            "澄清在 %(chosen)s 发出，晚于 %(last)s（截止前 %(days)s 个%(kind)s），截止日要顺延。"
        ),
        FindingCode.DATE_PROVISIONAL: _l("%(first)s 是暂定的：那一年的节假日安排还没有公布。"),
        FindingCode.SURVEY_MISSING: _l("还没有需求调查。"),
        FindingCode.SURVEY_TOO_OLD: _l("需求调查完成于 %(completed)s，超过 %(years)s 年，要重新做。"),
        FindingCode.SURVEY_TOO_FEW: _l("需求调查只有 %(respondents)s 个调查对象，至少要 %(least)s 个。"),
        FindingCode.PUBLIC_NOT_ASKED: _l("公共服务的需求还没有征求居民意见。"),
        FindingCode.NOTICE_TOO_SHORT: _l(
            "单一来源公示从 %(noticed)s 起，到 %(last)s 才满 %(days)s 个%(kind)s，期满次日起才能发布。"
        ),
    },
}

SENTENCES: dict[str, LazyString] = {
    "calendar_line": _l("第 %(line)s 行读不懂，应写成 2027-02-06,rest 或 2027-02-20,work。"),
    "calendar_unreadable": _l("读不了日历文件 %(path)s。"),
    "method_unknown": _l("--method 应是其中之一：%(methods)s。"),
    "date_unreadable": _l("%(option)s 的“%(typed)s”不是日期，应写成 2026-11-20。"),
    "date_out_of_range": _l("日期应在 %(first)s 到 %(last)s 之间，请核对年份。"),
    "dates_out_of_order": _l("“%(then)s”的日期早于“%(first)s”，请核对。"),
    "amount_not_positive": _l("金额应大于 0，请填写如 120000 的数字。"),
    "amount_negative": _l("金额不能小于 0，请填写如 120000 的数字。"),
    "calendar_year_far": _l("只能录入 %(first)s 年或 %(last)s 年的安排，请核对年份。"),
    "calendar_year_known": _l("%(year)s 年的安排系统已经有了，不用录入。"),
    "calendar_day_elsewhere": _l("%(day)s 不在 %(year)s 年，请核对。"),
    "calendar_day_twice": _l("%(day)s 既写成放假，又写成上班，请核对。"),
    "calendar_statutory_missing": _l("%(day)s 是法定节假日，没有写在放假的日子里，请核对。"),
    "calendar_works_anyway": _l("%(day)s 不是周末，本来就上班，请核对。"),
    "calendar_source_missing": _l("请写明出处，例如通知的文号。"),
    "calendar_source_long": _l("出处最多 %(most)s 个字。"),
    "threshold_amount": _l("标准应大于 0、不超过 %(most)s 元。"),
    "threshold_order": _l("采购限额标准 %(limit)s 元不能高于公开招标数额标准 %(tender)s 元。"),
    "threshold_source_missing": _l("请写明出处，例如通知的文号。"),
    "threshold_source_long": _l("出处最多 %(most)s 个字。"),
}

ACTIONS = {
    "calendar.enter": _l("录入了一年的工作日安排"),
    "threshold.set": _l("录入了采购数额标准"),
}

"""Words for assessments and meetings."""

from flask_babel import lazy_gettext as _l

from models.needs.assessment import AssessmentMethod, AssessmentPhase
from models.needs.deliberation import DeliberationPhase, MeetingType, Outcome
from models.needs.sampling import Dimension, Skew

LABELS = {
    AssessmentMethod: {
        AssessmentMethod.QUESTIONNAIRE: _l("问卷"),
        AssessmentMethod.HOUSEHOLD_VISIT: _l("入户走访"),
        AssessmentMethod.HEARING: _l("听证会"),
        AssessmentMethod.FOCUS_GROUP: _l("焦点小组"),
        AssessmentMethod.WALK_THROUGH: _l("实地踏勘"),
        AssessmentMethod.HOTLINE_DATA: _l("热线工单"),
        AssessmentMethod.STOCK_LIST: _l("现有服务盘点"),
    },
    AssessmentPhase: {
        AssessmentPhase.DRAFT: _l("草稿"),
        AssessmentPhase.COMPLETED: _l("已完成"),
        AssessmentPhase.WITHDRAWN: _l("已撤回"),
    },
    MeetingType: {
        MeetingType.HEARING: _l("听证会"),
        MeetingType.COORDINATION: _l("协调会"),
        MeetingType.REVIEW: _l("评议会"),
        MeetingType.COUNCIL: _l("议事会"),
        MeetingType.RESIDENTS: _l("居民会议"),
    },
    Outcome: {
        Outcome.SUPPORTED: _l("支持"),
        Outcome.SUPPORTED_WITH_CHANGES: _l("修改后支持"),
        Outcome.NOT_SUPPORTED: _l("不支持"),
    },
    DeliberationPhase: {
        DeliberationPhase.ANNOUNCED: _l("已公示"),
        DeliberationPhase.HELD: _l("已召开"),
        DeliberationPhase.KEPT: _l("承诺已兑现"),
        DeliberationPhase.CANCELLED: _l("已取消"),
    },
    Dimension: {
        Dimension.AGE: _l("年龄"),
        Dimension.SEX: _l("性别"),
        Dimension.TENURE: _l("住房"),
        Dimension.REGISTRATION: _l("户籍"),
    },
    Skew: {
        Skew.UNKNOWN: _l("无法判断"),
        Skew.FITTING: _l("相称"),
        Skew.UNDER: _l("偏少"),
        Skew.OVER: _l("偏多"),
    },
}

SENTENCES = {
    "title_missing": _l("请填写标题，让人一眼看出说的是什么。"),
    "ends_before_start": _l("结束日期不能早于开始日期。"),
    "assessor_unknown": _l("没有找到这家调研机构，请从列表中选择。"),
    "number_negative": _l("人数不能小于 0，请填写如 47 的数字。"),
    "participants_out_of_range": _l("参加人数不能超过 %(most)s，请检查有没有多打几个零。"),
    "respondents_above_participants": _l(
        "按“%(dimension)s”分的人数合计 %(counted)s 人，超过了参加的 %(participants)s 人，请核对。"
    ),
    "findings_too_many": _l("问题最多列 %(most)s 个，请留下最突出的。"),
    "finding_without_problem": _l("有一行没有写问题，请写上，或者把这一行清空。"),
    "share_out_of_range": _l("提到的比例应在 0 到 100 之间，请填写如 42 的数字。"),
    "assessment_lacks_methods": _l("还没有写用了什么方法、多少人参加。"),
    "assessment_lacks_participants": _l("还没有人参加：请填写每种方法的人数。"),
    "assessment_lacks_findings": _l("还没有列出发现的问题。"),
    "assessment_lacks_summary": _l("还没有写小结。"),
    "assessment_not_over": _l("调研还没有结束，请在结束日期当天或之后再完成。"),
    "meeting_in_past": _l("会议时间已经过了。已开过的会议，请用“补录纸面记录”。"),
    "notice_too_short": _l("会议要至少提前 %(days)s 天公示，请改到更晚的日期。"),
    "meeting_rule_number": _l("这里要填 1 到 %(most)s 之间的数字。"),
    "meeting_rule_yearly": _l("评议会和居民会议一年至少开一次，请填写次数。"),
    "meeting_rule_past": _l("规则最早从今天起执行，不能改已经过去的日子。"),
    "meeting_rule_reason": _l("请写明为什么这样定。"),
    "meeting_not_yet": _l("会议还没有召开，开完会再来记录。"),
    "date_far_off": _l("日期应在今天前后 %(years)s 年之内，请核对年份。"),
    "notice_after_meeting": _l("公示日期不能晚于会议日期。"),
    "place_missing": _l("请填写会议地点，居民才知道去哪里。"),
    "nobody_present": _l("请填写到会人数，至少 1 人。"),
    "present_out_of_range": _l("到会人数不能超过 %(most)s，请检查有没有多打几个零。"),
    "votes_above_present": _l("票数合计 %(votes)s 张，超过了到会的 %(present)s 人，请核对。"),
    "attendance_above_present": _l(
        "按“%(dimension)s”分的到会人数合计 %(counted)s 人，超过了到会的 %(present)s 人，请核对。"
    ),
    "conclusion_missing": _l("请写明会议结论。"),
    "promise_missing": _l("填了责任人或日期，请写明承诺了什么；没有承诺就都留空。"),
    "promise_owner_missing": _l("请写明承诺由谁负责。"),
    "promise_due_missing": _l("请写明承诺在哪一天之前兑现。"),
    "promise_due_before_meeting": _l("承诺的日期不能早于会议日期。"),
    "priority_missing": _l("写了调整理由，请填写会议定的优先指数（0 到 100）；没有调整就留空。"),
    "priority_out_of_range": _l("优先指数应在 0 到 100 之间。"),
    "priority_words_missing": _l("会议调整了优先指数，请写明理由。"),
    "no_promise": _l("这次会议没有作出承诺。"),
}

MESSAGES = {
    "meeting_announced": _l("关于需求 %(reference)s 的会议定在 %(day)s，已公示"),
    "meeting_held": _l("关于需求 %(reference)s 的会议（%(day)s）有了记录和结论"),
    "meeting_cancelled": _l("关于需求 %(reference)s 的会议（原定 %(day)s）取消了"),
    "promise_kept": _l("需求 %(reference)s 在 %(day)s 会议上的承诺已兑现"),
}

ACTIONS = {
    "assessment.create": _l("起草了调研"),
    "assessment.edit": _l("修改了调研"),
    "assessment.attach": _l("上传了附件"),
    "assessment.detach": _l("移除了附件"),
    "assessment.complete": _l("完成了调研"),
    "assessment.withdraw": _l("撤回了调研"),
    "deliberation.announce": _l("公示了会议"),
    "deliberation.record_past": _l("补录了纸面会议"),
    "deliberation.hold": _l("记录了会议"),
    "deliberation.cancel": _l("取消了会议"),
    "meeting_rule.publish": _l("公布了会议规则"),
    "deliberation.keep": _l("报告承诺已兑现"),
}

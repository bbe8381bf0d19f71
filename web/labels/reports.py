"""Words for reports: refusals, tasks whose burden is measured."""

from flask_babel import lazy_gettext as _l

from models.audit.time_taken import Task
from models.reports.rising import RiseKind

LABELS = {
    Task: {
        Task.POST_NEED: _l("发布一项需求"),
        Task.STANDARDISE: _l("需求标准化"),
        Task.WRITE_TENDER: _l("写采购文件"),
        Task.BID: _l("写投标文件"),
        Task.FILL_SHEET: _l("填写评估评分表"),
        Task.ANSWER_DRAFT: _l("答复评估初稿"),
    },
    RiseKind: {
        RiseKind.NEEDS: _l("需求"),
        RiseKind.CHALLENGES: _l("质疑"),
        RiseKind.COMPLAINTS: _l("投诉"),
        RiseKind.OVERDUE: _l("整改逾期"),
    },
}

SENTENCES = {
    "report_ends_before_it_begins": _l("结束日期不能早于开始日期。"),
    "report_too_long": _l("一份报告最多 %(years)s 年，请把时间缩短。"),
}

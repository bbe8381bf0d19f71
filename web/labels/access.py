"""Words for roles."""

from flask_babel import lazy_gettext as _l

from models.act import Role

LABELS = {
    Role: {
        Role.CITY_OFFICIAL: _l("市级经办人"),
        Role.DISTRICT_OFFICIAL: _l("区级经办人"),
        Role.STREET_OFFICIAL: _l("街道经办人"),
        Role.COMMUNITY_WORKER: _l("社区工作者"),
        Role.ORGANISATION_STAFF: _l("社会组织工作人员"),
        Role.HUB: _l("枢纽工作人员"),
        Role.PANEL_MEMBER: _l("评审专家"),
        Role.EVALUATOR: _l("第三方评估人员"),
        Role.AUDITOR: _l("审计监督人员"),
        Role.ADMINISTRATOR: _l("系统管理员"),
        Role.SYSTEM: _l("系统"),
    },
}

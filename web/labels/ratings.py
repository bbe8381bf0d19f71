"""Words for ratings between the sides of a contract."""

from flask_babel import lazy_gettext as _l

from models.ratings.desk import RatingState
from models.ratings.rating import RatingItem, Side

LABELS = {
    Side: {
        Side.ORGANISATION: _l("承接机构"),
        Side.COMMUNITY: _l("居委会"),
        Side.PURCHASER: _l("采购人"),
        Side.AGENCY: _l("评估机构"),
    },
    RatingItem: {
        RatingItem.VENUE: _l("场地提供"),
        RatingItem.COOPERATION: _l("配合"),
        RatingItem.PROMPTNESS: _l("回应及时"),
        RatingItem.PAYMENT: _l("按时付款"),
        RatingItem.SCOPE_CHANGES: _l("不随意加改任务"),
        RatingItem.SERVICE: _l("服务质量"),
        RatingItem.SCHEDULE: _l("按时开展"),
        RatingItem.COMMUNICATION: _l("沟通"),
        RatingItem.TASK_LIST: _l("按协助事项清单办事，不摊派清单以外的任务"),
        RatingItem.SUPPORT: _l("交办事项时给足人手和经费"),
        RatingItem.FAIRNESS: _l("公正"),
        RatingItem.CARE: _l("认真细致"),
        RatingItem.BURDEN: _l("少打扰、少要材料"),
    },
    RatingState: {
        RatingState.TO_GIVE: _l("待评价"),
        RatingState.BLIND: _l("已评价，还没有公开"),
        RatingState.RELEASED: _l("已公开"),
        RatingState.CLOSED: _l("已过时间"),
    },
}

SENTENCES = {
    "rating_points": _l("请每一项都选 1 到 %(best)s 分。"),
    "rating_direction": _l("这份合同里您不用评价这一方。"),
    "rating_too_early": _l("合同结束或者终期评估报告定稿之后，各方才能互评。"),
    "rating_given": _l("您这一方已经评价过。评价交出之后不能改。"),
    "rating_closed": _l("对方的评价已经公开，您这一方不能再评。"),
}

MESSAGES = {
    "ratings_released": _l("合同 %(reference)s 的互评已公开，请看。"),
}

ACTIONS = {
    "rating.give": _l("作出了评价"),
}

POINTS = {
    1: _l("很不满意"),
    2: _l("不满意"),
    3: _l("一般"),
    4: _l("满意"),
    5: _l("很满意"),
}
"""What the points mean, from 1 to 5."""

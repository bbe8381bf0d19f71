"""Forms of planning: shape and range only."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from models.planning.edit import EditKind
from models.planning.editing import REASON_LIMIT
from models.planning.line_page import LinePage
from models.planning.solving import Parameters
from web.form import Form, Required, WholeNumber, record_id, tidy
from web.labels import LABELS


class PlanForm(Form):
    """What a plan is to keep to."""

    id = HiddenField()
    fair = BooleanField(_l("先顾最难满足的需求"))
    cap_percent = WholeNumber(
        _l("一家机构最多得多少"),
        [Optional(), NumberRange(1, 100, message=_l("请填写 1 到 100 之间的数，或者空着。"))],
    )
    newcomer_percent = WholeNumber(
        _l("新机构至少得多少"),
        [Optional(), NumberRange(0, 100, message=_l("请填写 0 到 100 之间的数，或者空着。"))],
    )
    street_budgets = BooleanField(_l("每个街道不超过它的预算"))

    @property
    def record(self) -> UUID | None:
        """The plan's id."""
        return record_id(self.id.data)

    @property
    def parameters(self) -> Parameters:
        """What was asked for."""
        return Parameters(
            fair=self.fair.data,
            cap_percent=self.cap_percent.data,
            newcomer_percent=self.newcomer_percent.data,
            street_budgets=self.street_budgets.data,
        )


class EditForm(Form):
    """A pair to force or to forbid; the services are those of the need's newest run."""

    service_id = SelectField(_l("哪项服务"), [Required(_l("请选择一项服务。"))])
    kind = RadioField(
        _l("怎么改"),
        [Required(_l("请选择指定还是排除。"))],
        choices=[SelectChoice(kind.value, words) for kind, words in LABELS[EditKind].items()],
    )
    reason = TextAreaField(
        _l("理由"),
        [Required(_l("请写明理由。")), Length(max=REASON_LIMIT, message=_l("理由最多 1000 字。"))],
        filters=[tidy],
    )

    def offer(self, page: LinePage) -> "EditForm":
        """The choices of a line; the planned service stands first."""
        planned = page.line.service_id
        ordered = sorted(page.choices, key=lambda each: each.match.service_id != planned)
        services = [each.match.service for each in ordered]
        self.service_id.choices = [
            SelectChoice(str(service.id), f"{service.title}（{service.organisation.name}）")
            for service in services
        ]
        return self

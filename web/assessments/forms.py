"""The form of an assessment, one page in sections: how people were asked, who answered, what was found."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from models.catalogue.term import TaxonomyTerm
from models.needs.assessment import Assessment, AssessmentMethod
from models.needs.assessment_content import MOST_FINDINGS, MOST_PARTICIPANTS, AssessmentContent, Finding
from models.needs.sampling import Dimension
from models.parties.organisation import Organisation
from models.parties.strata import STRATA
from models.parties.unit import AdministrativeUnit
from web.form import Day, Form, Required, WholeNumber, record_id, tidy
from web.labels import LABELS, label
from web.labels.catalogue import term_name
from web.labels.strata import STRATUM_WORDS

LEAST_ROWS = 5
"""Lines offered for findings; what is filled gets as many more as there is room for."""

COUNT = NumberRange(0, MOST_PARTICIPANTS, _l("人数要在 0 到 1000 万之间，请填写如 47 的数字。"))


def stratum_field(stratum: str) -> str:
    """The name of a stratum's input: age:60_79 -> age_60_79."""
    return stratum.replace(":", "_")


class AssessmentForm(Form):
    """Everything a person writes into an assessment."""

    id = HiddenField()
    revision = HiddenField()
    unit_code = SelectField(_l("调研的是哪里"))
    title = StringField(
        _l("标题"),
        [Required(_l("请填写标题，如“澄江一村2026年居民需求调研”。")), Length(max=200)],
        filters=[tidy],
    )
    starts_on = Day(_l("开始日期"), [Required(_l("请填写开始日期，如 2026-11-01。"))])
    ends_on = Day(_l("结束日期"), [Required(_l("请填写结束日期，如 2026-11-20。"))])
    assessor_id = SelectField(
        _l("由哪家机构调研"),
        [Optional()],
        description=_l("居委会自己做的就不用选。受托调研的机构，之后不能投标同一需求的项目。"),
    )
    summary = TextAreaField(
        _l("小结"),
        [Optional(), Length(max=4000, message=_l("小结最多写 4000 个字，请缩短。"))],
        filters=[tidy],
        description=_l("几句话：谁最需要什么，哪里还说不准。完成后会公开，不要写姓名和门牌。"),
    )
    files = MultipleFileField(
        _l("附件"),
        [Optional()],
        description=_l(
            "问卷汇总、走访记录等，PDF、图片、Word 或 Excel，每个不超过 10 MB。附件只给本区域的人看。"
        ),
    )

    def __init__(
        self,
        *,
        units: Iterable[AdministrativeUnit] = (),
        organisations: Iterable[Organisation] = (),
        codes: Iterable[TaxonomyTerm] = (),
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.unit_code.choices = [(unit.code, unit.name) for unit in units]
        self.assessor_id.choices = [
            ("", str(_l("居委会自己"))),
            *((str(each.id), each.name) for each in organisations),
        ]
        offered = [
            ("", str(_l("还没归类"))),
            *((each.code, f"{each.code} {term_name(each)}") for each in codes),
        ]
        for row in range(MOST_FINDINGS):
            self[f"code_{row}"].choices = offered

    def content(self) -> AssessmentContent:
        """What the verb takes."""
        return AssessmentContent(
            title=self.title.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            summary=self.summary.data or "",
            assessor_id=record_id(self.assessor_id.data),
            methods={
                each: self[f"method_{each}"].data
                for each in AssessmentMethod
                if self[f"method_{each}"].data is not None
            },
            respondents={
                stratum: self[stratum_field(stratum)].data
                for stratum in STRATUM_WORDS
                if self[stratum_field(stratum)].data is not None
            },
            findings=[found for row in range(MOST_FINDINGS) if (found := self._finding(row)) is not None],
        )

    def _finding(self, row: int) -> Finding | None:
        problem, code, share = (self[f"{name}_{row}"].data for name in ("problem", "code", "share"))
        if not problem and not code and share is None:
            return None
        return Finding(problem or "", code or None, share / 100 if share is not None else None)

    @property
    def rows(self) -> range:
        """Lines of findings to show: those filled, and some empty ones."""
        filled = [row for row in range(MOST_FINDINGS) if self[f"problem_{row}"].data]
        return range(min(max(LEAST_ROWS, (max(filled) + 3) if filled else 0), MOST_FINDINGS))

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The inputs of the strata, by dimension."""
        return [(label(each), [self[stratum_field(name)] for name in STRATA[each]]) for each in Dimension]

    def methods(self) -> list[Any]:
        """The inputs of the methods."""
        return [self[f"method_{each}"] for each in AssessmentMethod]


for _method in AssessmentMethod:
    setattr(
        AssessmentForm,
        f"method_{_method}",
        WholeNumber(LABELS[AssessmentMethod][_method], [Optional(), COUNT]),
    )
for _stratum, _words in STRATUM_WORDS.items():
    setattr(AssessmentForm, stratum_field(_stratum), WholeNumber(_words, [Optional(), COUNT]))
for _row in range(MOST_FINDINGS):
    _number = _row + 1
    setattr(
        AssessmentForm,
        f"problem_{_row}",
        StringField(
            _l("第 %(n)s 个问题", n=_number),
            [Optional(), Length(max=200, message=_l("问题最多写 200 个字，请缩短。"))],
            filters=[tidy],
        ),
    )
    setattr(AssessmentForm, f"code_{_row}", SelectField(_l("第 %(n)s 个问题的归类", n=_number), [Optional()]))
    setattr(
        AssessmentForm,
        f"share_{_row}",
        WholeNumber(
            _l("第 %(n)s 个问题的提及比例", n=_number),
            [Optional(), NumberRange(0, 100, _l("比例应在 0 到 100 之间，请填写如 42 的数字。"))],
        ),
    )


def filled_from(assessment: Assessment) -> dict[str, Any]:
    """A draft as the form shows it."""
    data: dict[str, Any] = {
        "id": str(assessment.id),
        "revision": str(assessment.revision),
        "unit_code": assessment.unit_code,
        "title": assessment.title,
        "starts_on": assessment.starts_on,
        "ends_on": assessment.ends_on,
        "assessor_id": str(assessment.assessor_id or ""),
        "summary": assessment.summary,
    }
    data |= {f"method_{used.method}": used.participants for used in assessment.methods}
    data |= {stratum_field(row.stratum): row.respondents for row in assessment.respondents}
    for row, found in enumerate(assessment.findings):
        share = round(100 * found.share) if found.share is not None else None
        data |= {f"problem_{row}": found.problem, f"code_{row}": found.term_code or "", f"share_{row}": share}
    return data

"""The upload form."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from web.form import Form


class UploadForm(Form):
    """One sheet."""

    file = FileField(_l("选择 xlsx 或 csv 文件"), [FileRequired(_l("请先选择文件。"))])

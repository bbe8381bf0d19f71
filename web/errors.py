"""A refusal becomes a page: one clear sentence, the right status, nothing half-written."""

from flask import Flask, g, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from models.errors import Conflict, DomainError
from web.labels import sentence


def titles() -> dict[int, str]:
    """What an error page is called."""
    return {
        400: _("页面已过期，请重新操作"),
        403: _("您没有这项权限"),
        404: _("没有找到这个页面"),
        405: _("不能这样打开这个地址"),
        409: _("内容已经变化"),
        413: _("文件太大"),
        422: _("填写的内容有问题"),
        429: _("操作太频繁"),
        500: _("系统出错了"),
    }


def words() -> dict[int, str]:
    """What to do about it, when the error itself says nothing."""
    return {
        400: _(
            "这个页面打开太久了，或者浏览器没有保存登录信息。请返回上一页刷新后再提交，您填写的内容不会丢失。"
        ),
        404: _("地址可能写错了，或者这项内容不对外公开。"),
        405: _("请从页面上的按钮操作。"),
        413: _("上传的内容太大，没有保存。文件请控制在 10 MB 以内，文字请控制在 4000 字以内。"),
        500: _("我们已记下这次错误，刚才的操作没有生效。请稍后再试。"),
    }


def page(status: int, message: str | None = None) -> tuple[str, int]:
    """An error page."""
    if status >= 500 and "db" in g:
        g.db.rollback()  # the frame asks the database, which answers nothing after an error
    known = titles()
    shown = render_template(
        "error.html",
        title=known.get(status, known[500]),
        message=message or words().get(status, ""),
        request_id=g.get("request_id", "-"),
    )
    return shown, status


def init_app(app: Flask) -> None:
    """Turn every refusal into its page."""

    @app.errorhandler(DomainError)
    def _domain(error: DomainError) -> tuple[str, int]:
        return page(error.status, sentence(error))

    @app.errorhandler(StaleDataError)
    def _stale(_error: StaleDataError) -> tuple[str, int]:
        return page(409, sentence(Conflict("stale")))

    @app.errorhandler(IntegrityError)
    def _integrity(error: IntegrityError) -> tuple[str, int]:
        # The database's second belt: a double click or two people at once. What is first stands.
        app.logger.warning("integrity %s %s %s", g.get("request_id"), request.path, error.orig)
        return page(409, sentence(Conflict("changed_meanwhile")))

    @app.errorhandler(OperationalError)
    def _crosswise(error: OperationalError) -> tuple[str, int]:
        # PostgreSQL ends one of two writers that wait for each other; nothing of it is written.
        if getattr(error.orig, "sqlstate", None) not in {"40P01", "40001"}:
            raise error
        app.logger.warning("crosswise %s %s %s", g.get("request_id"), request.path, error.orig)
        return page(409, sentence(Conflict("changed_meanwhile")))

    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> tuple[str, int]:
        return page(400)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
        if error.code is None or error.code < 400:
            return error
        return page(error.code)

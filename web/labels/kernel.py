"""Words of the kernel: refusals any subject can give."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "not_found": _l("没有找到这项内容，或者它不对您公开。"),
    "not_allowed": _l("您现在的身份不能做这件事。如需要，请切换身份或联系管理员。"),
    "wrong_phase": _l("这项内容现在处于“%(phase)s”，不能做这一步。请刷新页面看看最新情况。"),
    "stale": _l("您打开页面之后，别人已经修改过这项内容。您的修改没有保存，请刷新后再改。"),
    "changed_meanwhile": _l("同样的内容刚刚已经保存过，没有重复保存。"),
    "file_kind_unknown": _l("不能上传“%(name)s”这类文件，请用：%(allowed)s。"),
    "file_empty": _l("“%(name)s”是空文件，请重新选择。"),
    "file_too_large": _l("“%(name)s”超过 %(limit_mb)s MB，请压缩后再传。"),
    "file_not_what_it_says": _l("“%(name)s”的内容与扩展名不符，请用原来的软件重新保存后再传。"),
    "pdf_missing": _l("这台服务器没有安装生成 PDF 的组件，请下载 Word 文件，或者用浏览器打印。"),
}

"""统一社会信用代码 (GB 32100-2015): full-width and small letters are read, the check digit counts."""

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from models.errors import Invalid
from models.parties.organisation import CODE_PREFIX, OrganisationType

LENGTH = 18


def compact(typed: str) -> str:
    """The code as it is stored, whatever input method typed it."""
    narrow = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in narrow if sign.isalnum())


def checked(typed: str, kind: OrganisationType) -> str:
    """The code to store. Raises Invalid naming what is wrong with it (R66)."""
    code = compact(typed)
    if len(code) != LENGTH:
        raise Invalid("credit_code_length", field="credit_code", length=len(code))
    try:
        uscc.validate(code)
    except InvalidChecksum:
        raise Invalid("credit_code_check_digit", field="credit_code", code=code) from None
    except ValidationError:
        raise Invalid("credit_code_sign", field="credit_code", code=code) from None
    if not code.startswith(CODE_PREFIX[kind]):
        raise Invalid("credit_code_type", field="credit_code", prefix=CODE_PREFIX[kind], type=kind)
    return code

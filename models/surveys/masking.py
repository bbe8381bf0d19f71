"""Open answers without names and numbers, masked before they are kept.

Numbers: seven digits or more, however written or grouped (telephone, mobile, identity card, bank card), mail
addresses, houses and rooms. Names: those the register and the contract know, those said to be one, and a
surname before a form of address. Too much is masked rather than too little.
"""

import re
import unicodedata
from collections.abc import Iterable

MASK = "＊＊＊"
LEAST_NAME = 2
DIGIT = r"[0-9零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
GAP = r"[\s.,，、·_/()（）+\-‐-―−~～—]*"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜"
    "崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤倪费俞凌"
)
TITLES = (
    "老师|阿姨|阿婆|阿公|叔叔|爷叔|伯伯|师傅|大爷|大妈|奶奶|爷爷|医生|护士|先生|女士|小姐|主任|经理|书记|社工"
)

_MAIL = re.compile(r"[^\s@，。；、：]+\s*@\s*[^\s@，。；、]+")
_NUMBER = re.compile(rf"(?:{DIGIT}{GAP}){{6,}}{DIGIT}(?:{GAP}[xX])?")
_PLACE = re.compile(rf"(?:{DIGIT}|十|百)+\s*(?:号楼|号|弄|幢|栋|单元|室)")
_SAID = re.compile(r"((?:我叫|名叫|姓名[:：是]?|本人姓)\s*)[一-鿿]{1,4}")
_ADDRESSED = re.compile(rf"[小老阿]?[{SURNAMES}](?:(?![的了是和在很有])[一-鿿]){{0,2}}?(?={TITLES})")


def mask(words: str, names: Iterable[str] = ()) -> str:
    """The words with all that names a person or leads to one replaced."""
    text = "".join(map(_narrow, words))
    known = {"".join(map(_narrow, name)).strip() for name in names}
    for name in sorted((each for each in known if len(each) >= LEAST_NAME), key=len, reverse=True):
        text = text.replace(name, MASK)
    for pattern in (_MAIL, _NUMBER, _PLACE):
        text = pattern.sub(MASK, text)
    return _ADDRESSED.sub(MASK, _SAID.sub(rf"\g<1>{MASK}", text))


def _narrow(sign: str) -> str:
    """Digits of every script as 0 to 9, full-width letters and @ as plain ones; the rest as it is written."""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return unicodedata.normalize("NFKC", sign) if sign in "＠＋－．" or "Ａ" <= sign <= "ｚ" else sign

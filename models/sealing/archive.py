"""Named bytes as one file that any computer opens: an uncompressed zip without time or machine."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

from models.errors import Invalid

LONG_AGO = (1980, 1, 1, 0, 0, 0)
UTF8_NAME = 0x800
UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    OverflowError,
    EOFError,
    struct.error,
)
"""What zipfile raises for a file that is no zip, or a broken one."""


def write(entries: Mapping[str, bytes]) -> bytes:
    """A zip of these entries, in their order, without anything of the time or the machine."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system = 3  # or the machine's own would be written
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, content)
    return file.getvalue()


def read(data: bytes) -> dict[str, bytes]:
    """The entries of a zip like ours. Raises "content_unreadable".

    Names are only keys here, nothing is written to a disk. What is not compressed cannot grow, and what
    is together no longer than the file does not overlap: no bomb gets as far as being read.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            infos = packed.infolist()
            plain = all(_is_plain(info) for info in infos)
            fits = sum(info.file_size for info in infos) <= len(data)
            unique = len({info.filename for info in infos}) == len(infos)
            if not (plain and fits and unique):
                raise Invalid("content_unreadable")
            return {info.filename: packed.read(info) for info in infos}
    except UNREADABLE:
        raise Invalid("content_unreadable") from None


def _is_plain(info: zipfile.ZipInfo) -> bool:
    stored = info.compress_type == zipfile.ZIP_STORED and info.compress_size == info.file_size
    return stored and info.flag_bits in {0, UTF8_NAME}

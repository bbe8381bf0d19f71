"""Pictures as telephones take them."""

from io import BytesIO

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture taken lying on its side, with where it was and the telephone's name."""
    image = Image.new("RGB", size, (12, 94, 99))
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "LingXiao 9", 6
    exif.get_ifd(GPS).update({1: "N", 2: (IFDRational(31), IFDRational(13), IFDRational(50))})
    written = BytesIO()
    image.save(written, kind, exif=exif, comment=b"lingxiao was here") if kind == "JPEG" else image.save(
        written, kind, exif=exif
    )
    return written.getvalue()

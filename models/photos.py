"""Photos without their metadata: where, when and with which telephone one was taken does not stay in it."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from models.errors import Invalid

KINDS = {"image/jpeg": "JPEG", "image/png": "PNG"}
MOST_PIXELS = 60_000_000
QUALITY = 88


def stripped(content: bytes, media_type: str) -> bytes:
    """The picture itself, turned upright and written anew; anything else that was in the file is gone."""
    try:
        with Image.open(BytesIO(content), formats=[KINDS[media_type]]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Invalid("photo_too_many_pixels", field="file", most=MOST_PIXELS // 1_000_000)
            upright = ImageOps.exif_transpose(image)
            plain = upright.convert("RGB" if media_type == "image/jpeg" or upright.mode == "RGB" else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid("photo_unreadable", field="file") from error
    # Only the pixels go into the new picture: no EXIF, no GPS, no comment, no thumbnail, no colour profile.
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    written = BytesIO()
    bare.save(written, KINDS[media_type], quality=QUALITY, optimize=True)
    return written.getvalue()

"""Photos, voices, documents: kept once, sent by id."""

import hashlib
import struct
from base64 import b64decode, b64encode, urlsafe_b64encode
from dataclasses import dataclass

from bot.sandbox.params import Params, Upload
from bot.sandbox.state import World
from bot.sandbox.wire import Json, bad_request

_PNG = b"\x89PNG\r\n\x1a\n"
_IMAGES = (_PNG, b"\xff\xd8\xff", b"GIF8", b"RIFF")
_UNKNOWN_SIZE = (800, 600)


@dataclass(frozen=True, slots=True)
class MediaKind:
    """How one kind of file stands in a message."""

    mime: str
    suffix: str
    captioned: bool = True
    fields: tuple[tuple[str, int], ...] = ()  # numbers the bot may give, with what stands there otherwise


KINDS: dict[str, MediaKind] = {
    "photo": MediaKind("image/jpeg", "jpg"),
    "document": MediaKind("application/octet-stream", "bin"),
    "voice": MediaKind("audio/ogg", "oga", fields=(("duration", 1),)),
    "audio": MediaKind("audio/mpeg", "mp3", fields=(("duration", 1),)),
    "video": MediaKind("video/mp4", "mp4", fields=(("duration", 1), ("width", 640), ("height", 360))),
    "animation": MediaKind("video/mp4", "mp4", fields=(("duration", 1), ("width", 640), ("height", 360))),
    "video_note": MediaKind("video/mp4", "mp4", captioned=False, fields=(("duration", 1), ("length", 240))),
    "sticker": MediaKind("image/webp", "webp", captioned=False, fields=(("width", 512), ("height", 512))),
}


def keep(world: World, kind: str, upload: Upload) -> Json:
    """Keep a file; the same bytes get the same id. Raises BotApiError 400 for a photo that is none."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo" and not upload.data.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    digest = urlsafe_b64encode(hashlib.sha256(kind.encode() + upload.data).digest()).decode().rstrip("=")
    file_id = f"BQAC{digest}"
    known: Json | None = world.files.get(file_id)
    if known is not None:
        return known
    suffix = upload.name.rpartition(".")[2] if "." in upload.name else KINDS[kind].suffix
    width, height = _dimensions(upload.data)
    file: Json = {
        "file_id": file_id,
        "file_unique_id": digest[:16],
        "kind": kind,
        "name": upload.name,
        "mime": upload.mime if upload.mime != "application/octet-stream" else KINDS[kind].mime,
        "size": len(upload.data),
        "width": width,
        "height": height,
        "path": f"{kind}s/file_{len(world.files)}.{suffix}",
        "data": b64encode(upload.data).decode(),
    }
    world.files[file_id] = file
    return file


def find(world: World, params: Params, kind: str, source: object) -> Json:
    """The file a value names: an id, an upload of its name, or attach://NAME. The network is not asked."""
    upload = params.files.get(source.removeprefix("attach://")) if isinstance(source, str) else None
    if upload is not None:
        return keep(world, kind, upload)
    if not isinstance(source, str) or not source:
        raise bad_request(f"there is no {kind} in the request")
    if source.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file: Json | None = world.files.get(source)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file["kind"] != kind:
        raise bad_request(f"can't use file of type {file['kind'].capitalize()} as {kind.capitalize()}")
    return file


def content(kind: str, file: Json, params: Params) -> Json:
    """What a message that carries this file says about it."""
    about = {name: file[name] for name in ("file_id", "file_unique_id")}
    about["file_size"] = file["size"]
    if kind == "photo":
        return {"photo": [{**about, "width": file["width"], "height": file["height"]}]}
    for name, usual in KINDS[kind].fields:
        about[name] = params.integer(name, usual)
    if kind == "sticker":
        about |= {"type": "regular", "is_animated": False, "is_video": False}
    elif kind != "video_note":
        about["mime_type"] = file["mime"]
    if kind in ("document", "audio", "video", "animation"):
        about["file_name"] = file["name"]
    return {kind: about}


def data(file: Json) -> bytes:
    """The bytes."""
    return b64decode(file["data"])


def _dimensions(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG; a plausible guess for anything else."""
    if image.startswith(_PNG) and len(image) >= 24:
        width, height = struct.unpack(">II", image[16:24])
        return int(width), int(height)
    return _UNKNOWN_SIZE

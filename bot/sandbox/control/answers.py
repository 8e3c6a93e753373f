"""Reading control requests and writing their answers."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.wire import ControlError, Json


def answer(value: object, *, status: int = 200) -> Response:
    """A JSON answer; times are ISO."""
    body = orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z)
    return Response(body, status_code=status, media_type="application/json")


async def body_of(request: Request) -> Json:
    """The JSON object that was sent; none is empty. Raises ControlError for anything else."""
    value = await value_of(request)
    if not isinstance(value, dict):
        raise ControlError("send a JSON object")
    return value


async def value_of(request: Request) -> object:
    """The JSON value that was sent; none is an empty object. Raises ControlError where it is not JSON."""
    raw = await request.body()
    try:
        return orjson.loads(raw) if raw else {}
    except orjson.JSONDecodeError as error:
        raise ControlError(f"this is not JSON: {error}") from error


def number(request: Request, name: str, usual: float = 0) -> float:
    """A number from the query. Raises ControlError for one that is none."""
    try:
        return float(request.query_params.get(name, usual))
    except ValueError:
        raise ControlError(f"{name} must be a number") from None


def required(data: Json, name: str) -> object:
    """A field that must be there. Raises ControlError where it is not."""
    if data.get(name) is None:
        raise ControlError(f"{name} is missing")
    return data[name]


def whole(data: Json, name: str) -> int:
    """A whole number that must be there. Raises ControlError where it is not."""
    value = required(data, name)
    if not isinstance(value, int):
        raise ControlError(f"{name} must be a whole number")
    return value

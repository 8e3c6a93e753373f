"""The machine itself: clock, faults, limits, updates, calls, script, reset."""

from dataclasses import asdict, fields
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.control.answers import answer, body_of, number, value_of
from bot.sandbox.control.desk import Desk
from bot.sandbox.limits import Limits
from bot.sandbox.wire import ControlError, Json


def state(desk: Desk) -> Json:
    """Everything a page needs to draw itself."""
    exchange = desk.exchange
    chats = exchange.world.chats.values()
    return {
        "seq": exchange.events.seq,
        "clock": exchange.timekeeper.wire(),
        "faults": _faults(desk),
        "limits": asdict(exchange.throttle.limits),
        "bot": exchange.world.profile.wire(),
        "users": desk.people.wire(),
        "chats": [{"id": c.id, "type": c.type, "title": c.title} for c in chats if c.migrated_to is None],
        "script": desk.player.wire(),
        "zone": desk.zone,
    }


def _faults(desk: Desk) -> Json:
    faults = desk.exchange.faults
    return {"seed": faults.seed, "rules": faults.wire()}


async def _state(desk: Desk, _: Request) -> Response:
    return answer(state(desk))


async def _clock(desk: Desk, request: Request) -> Response:
    """The clock; with `version` and `wait`, as soon as it was moved."""
    keeper = desk.exchange.timekeeper
    if "version" in request.query_params and int(number(request, "version")) == keeper.version:
        await keeper.bell.wait(number(request, "wait"))
    return answer(keeper.wire())


async def _move_clock(desk: Desk, request: Request) -> Response:
    desk.exchange.timekeeper.move(await body_of(request))
    desk.exchange.events.emit("clock")
    return answer(desk.exchange.timekeeper.wire())


async def _list_faults(desk: Desk, _: Request) -> Response:
    return answer(_faults(desk))


async def _add_fault(desk: Desk, request: Request) -> Response:
    fault = desk.exchange.faults.add(await body_of(request))
    desk.exchange.events.emit("faults")
    return answer(asdict(fault), status=201)


async def _reseed(desk: Desk, request: Request) -> Response:
    desk.exchange.faults.reseed(int((await body_of(request)).get("seed", 0)))
    return answer(_faults(desk))


async def _remove_faults(desk: Desk, request: Request) -> Response:
    """Lift one rule, or all; one that is already used up is no error."""
    rules = desk.exchange.faults.rules
    fault_id = request.path_params.get("fault_id")
    if fault_id is None:
        rules.clear()
    else:
        rules.pop(fault_id, None)
    desk.exchange.events.emit("faults")
    return answer(_faults(desk))


async def _limits(desk: Desk, request: Request) -> Response:
    limits = desk.exchange.throttle.limits
    if request.method == "PUT":
        known = {field.name for field in fields(Limits)}
        for name, value in (await body_of(request)).items():
            if name not in known or not isinstance(value, int | float) or (name != "off" and value <= 0):
                raise ControlError(f"limits are positive numbers named {', '.join(sorted(known))}")
            setattr(limits, name, value)
        desk.exchange.events.emit("limits")
    return answer(asdict(limits))


async def _inject(desk: Desk, request: Request) -> Response:
    value = await value_of(request)
    updates = value if isinstance(value, list) else [value]
    return answer({"update_ids": [desk.exchange.updates.inject(update) for update in updates]})


async def _calls(desk: Desk, request: Request) -> Response:
    calls = desk.exchange.calls
    if request.method == "PUT":
        calls.on = bool((await body_of(request)).get("on", True))
    elif request.method == "DELETE":
        calls.clear()
    return answer({"seq": calls.seq, "on": calls.on, "calls": calls.after(int(number(request, "after")))})


async def _pending(desk: Desk, _: Request) -> Response:
    updates = desk.exchange.updates
    waiting = len(updates.waiting())
    return answer({"pending": waiting, "polling": updates.polling > 0, "forgotten": updates.forgotten})


async def _start_script(desk: Desk, _: Request) -> Response:
    desk.player.start()
    return answer(desk.player.wire())


async def _stop_script(desk: Desk, _: Request) -> Response:
    await desk.player.stop()
    return answer(desk.player.wire())


async def _reset(desk: Desk, _: Request) -> Response:
    await desk.player.stop()
    desk.exchange.reset()
    return answer(state(desk))


def routes(desk: Desk) -> list[BaseRoute]:
    """Everything that is not about people or chats."""
    return [
        Route("/state", partial(_state, desk)),
        Route("/clock", partial(_clock, desk)),
        Route("/clock", partial(_move_clock, desk), methods=["POST"]),
        Route("/faults", partial(_list_faults, desk)),
        Route("/faults", partial(_add_fault, desk), methods=["POST"]),
        Route("/faults", partial(_reseed, desk), methods=["PUT"]),
        Route("/faults", partial(_remove_faults, desk), methods=["DELETE"]),
        Route("/faults/{fault_id}", partial(_remove_faults, desk), methods=["DELETE"]),
        Route("/limits", partial(_limits, desk), methods=["GET", "PUT"]),
        Route("/updates", partial(_inject, desk), methods=["POST"]),
        Route("/calls", partial(_calls, desk), methods=["GET", "PUT", "DELETE"]),
        Route("/pending", partial(_pending, desk)),
        Route("/script/start", partial(_start_script, desk), methods=["POST"]),
        Route("/script/stop", partial(_stop_script, desk), methods=["POST"]),
        Route("/reset", partial(_reset, desk), methods=["POST"]),
    ]

"""The rota's facts, actions, cards and timers, registered."""

from bot import policy
from bot.care.rota import away, editing, facts, ringing, swaps, warnings, watch
from bot.conversation.registry import Registry


def register(registry: Registry) -> None:
    """Adds everything about the rota."""
    for name, fact in (
        ("rota_set", facts.rota_set),
        ("rota_ahead", facts.rota_ahead),
        ("my_turns", facts.my_turns),
        ("swap_people", swaps.swap_people),
        ("away_until", away.away_until),
        ("turns_while_away", away.turns_while_away),
        ("quiet_hours", away.quiet_hours),
    ):
        registry.fact(name, policy.RESPONDERS, fact)
    for name, fact in (
        ("rota_days", facts.rota_days),
        ("rota_handover", facts.rota_handover),
        ("rota_people", facts.rota_people),
        ("rota_load", facts.rota_load),
        ("rota_turns", facts.rota_turns),
        ("able_people", facts.able_people),
        ("rota_candidates", editing.rota_candidates),
        ("rota_order", editing.rota_order),
        ("rota_order_names", editing.rota_order_names),
        ("rota_draft", editing.rota_draft),
        ("rota_warnings", warnings.rota_warnings),
    ):
        registry.fact(name, policy.STAFF, fact)
    for name, action in (
        ("set_away", away.set_away),
        ("end_away", away.end_away),
        ("set_quiet", away.set_quiet),
        ("ask_swap", swaps.ask_swap),
    ):
        registry.action(name, policy.RESPONDERS, action)
    for name, action in (
        ("set_rota", editing.set_rota),
        ("drop_rota", editing.drop_rota),
        ("stand_in", editing.stand_in),
    ):
        registry.action(name, policy.STAFF, action)
    swaps.register(registry)
    ringing.register(registry)
    watch.register(registry)

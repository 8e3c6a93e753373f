"""What dialogs may ask about announcements, and cause; and where the cards and timers are registered."""

from bot.conversation.registry import Registry
from bot.house.announcements import author_card, composing, facts, poll_making, reader_card, replying
from bot.house.announcements.actions import Actions
from bot.house.announcements.agreeing import Agreeing
from bot.house.announcements.following import FOLLOW_TIMER, Following
from bot.house.announcements.reader_card import Reading
from bot.house.announcements.sending import PLAN_TIMER, STATUS_TIMER, WRITE_TIMER, Sending
from bot.policy import ANNOUNCERS, MEMBERS, STAFF


def register(registry: Registry) -> None:
    """Adds everything about announcements."""
    sending = Sending(author_card.kind())
    following = Following(sending)
    agreeing = Agreeing(sending, registry)
    actions = Actions(sending, following, agreeing)
    reading = Reading(sending.changed)
    registry.fact("may_announce", MEMBERS, facts.may)
    for name, fact in (
        ("ready_options", facts.ready_options),
        ("announcement_shown", facts.shown),
        ("options_understood", poll_making.options_understood),
        ("composing_options", poll_making.composing_options),
        ("announcement_files", facts.files),
        ("composing_files", facts.with_files),
        ("announcement_plan", facts.plan),
        ("audience_count", facts.audience_count),
        ("audience_words", facts.audience_words),
        ("aim_houses", facts.aim_houses),
        ("several_houses", facts.several_houses),
        ("aim_people", facts.aim_people),
        ("aim_earlier", facts.aim_earlier),
        ("plan_days", facts.plan_days),
        ("any_house_group", facts.any_house_group),
        ("composing_urgent", facts.composing_urgent),
        ("composing_planned", facts.composing_planned),
        ("needs_second_yes", facts.needs_yes),
        ("announced_too_much", facts.too_many),
        ("other_languages", facts.other_languages),
        ("said_lately", facts.said_lately),
        ("said_any", facts.said_any),
        ("versions_of", facts.versions_of),
        ("one_version", facts.one_version),
    ):
        registry.fact(name, ANNOUNCERS, fact)
    for name, action in (
        ("begin_announcement", composing.begin),
        ("compose_words", composing.compose_words),
        ("compose_version", composing.compose_version),
        ("compose_from", composing.compose_from),
        ("compose_aim", composing.compose_aim),
        ("compose_when", composing.compose_when),
        ("compose_now", composing.compose_now),
        ("compose_urgent", composing.compose_urgent),
        ("compose_asks", composing.compose_asks),
        ("compose_options", poll_making.compose_options),
        ("compose_group", composing.compose_group),
        ("compose_lasts", composing.compose_lasts),
        ("keep_draft", composing.keep_draft),
        ("keep_template", composing.keep_template),
        ("drop_announcement", composing.drop),
        ("announce", actions.announce),
        ("correct_announcement", actions.correct),
        ("take_back_announcement", actions.take_back),
        ("show_announcement", actions.show),
    ):
        registry.action(name, ANNOUNCERS, action)
    registry.fact("announcing_words", STAFF, facts.announcing_words)
    registry.action("set_announcing", STAFF, actions.set_rules)
    registry.card(author_card.kind(author_card.Steering(sending, following)))
    registry.card(reader_card.kind(reading))
    registry.card(agreeing.kind())
    registry.when_reacted(reading.reacted)
    registry.timer(WRITE_TIMER, sending.write_due)
    registry.timer(STATUS_TIMER, sending.status_due)
    registry.timer(PLAN_TIMER, sending.plan_due)
    registry.timer(FOLLOW_TIMER, following.due)
    replying.register(registry)

"""Whose turn it is, who takes it for them, and who is asked when nobody has it."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def makes_a_rota(
    house: House, sam: Somebody, *people: Somebody, turn: str = "A day", handover: str = "9 am"
) -> None:
    """Sam makes a rota of these people, from today on; they know of it."""
    await sam.writes("/rota")
    await sam.taps("Make a rota", turn)
    if handover == "9 am":
        await sam.taps(handover)
    else:
        await sam.taps("Another time")
        await sam.sees("What time?")
        await sam.writes(handover)
    for person in people:
        await sam.taps(person.name)
    await sam.taps("That's everybody", "Today")
    await sam.sees("This is how it will go", people[0].name)
    await sam.taps("Keep it")
    for person in people:
        await person.reads("You are on the rota of Maple House now.")
    await house.at_rest()
    await sam.has_read_everything()


async def presses_sos(house: House, ana: Somebody) -> None:
    await ana.presses("🆘 SOS")
    await house.at_rest()
    await ana.has_read_everything()


async def is_ok(house: House, ana: Somebody, *asked: Somebody) -> None:
    """Ana ends her call; those asked see it."""
    await ana.taps("I'm OK now")
    await house.at_rest()
    for person in asked:
        await person.sees("It's over for Ana.")
    await ana.has_read_everything()


async def test_only_who_has_the_turn_is_asked_and_the_others_if_they_do_not_answer(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await makes_a_rota(house, sam, maria, tom)
    await presses_sos(house, ana)
    await maria.reads("Ana is asking for somebody, now.")
    await house.later(minutes=3)
    await maria.reads("Ana is asking for somebody, now.")
    await tom.reads("Ana is asking for somebody, now.")
    await ana.reads("Nobody has answered yet, so I'm asking Maria and Tom too.")
    await house.later(minutes=5)
    await sam.reads("Ana is asking for somebody, now.")
    await ana.reads("I'm asking Sam too.")
    await is_ok(house, ana, maria, tom, sam)

    await house.at("09:01")
    await presses_sos(house, ana)
    await tom.reads("Ana is asking for somebody, now.")


async def test_whoever_wants_to_know_sees_who_is_on_call_now_and_next(house: House) -> None:
    maria, tom, sam = await house.people("Maria the mentor", "Tom the mentor", "Sam of staff")
    await makes_a_rota(house, sam, maria, tom)
    await tom.writes("/oncall")
    bubble = await tom.reads("On call in Maple House:", "first: Maria")
    now, following = bubble.text.splitlines()[1:3]
    assert now.startswith("Maria, until Thu, Mar 4, 9:00")
    assert following.startswith("Tom, until Fri, Mar 5, 9:00")


async def test_a_swap_counts_once_the_other_has_said_yes(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await makes_a_rota(house, sam, maria, tom)
    await maria.writes("/swap")
    label = (await maria.reads("Which of your turns")).labels[0]
    await maria.taps(label, "Tom")
    await maria.sees("Until they say yes, the turn stays yours.")
    await tom.reads("Maria asks: could you be on call for Maple House", "No is a fair answer.")

    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await is_ok(house, ana, maria)

    await tom.taps("Yes, I'll take it")
    await tom.sees("You're on call for Maple House in the place of Maria")
    await maria.reads("Tom takes your turn", "You're free then.")
    await presses_sos(house, ana)
    await tom.reads("Ana is asking")


async def test_a_swap_that_nobody_answers_leaves_the_turn_where_it_was_and_says_so(house: House) -> None:
    maria, tom, sam = await house.people("Maria the mentor", "Tom the mentor", "Sam of staff")
    await makes_a_rota(house, sam, tom, maria)
    await maria.writes("/swap")
    await maria.taps((await maria.reads("Which of your turns")).labels[0], "Tom")
    await tom.reads("Maria asks")
    await house.at("09:00")
    await maria.reads("Nobody has answered about your turn", "so it stays yours.")
    await tom.sees("The turn of Maria", "needs nobody any more")
    await tom.writes("/oncall")
    await tom.reads("On call in Maple House:\nMaria")


async def test_a_no_to_a_swap_is_told(house: House) -> None:
    maria, tom, sam = await house.people("Maria the mentor", "Tom the mentor", "Sam of staff")
    await makes_a_rota(house, sam, tom, maria)
    await maria.writes("/swap")
    await maria.taps((await maria.reads("Which of your turns")).labels[0], "Tom")
    await tom.taps("I can't then")
    await maria.reads("Tom can't take your turn")
    await tom.sees("You can't take the turn of Maria")


async def test_staff_put_somebody_in_and_both_are_told(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await makes_a_rota(house, sam, maria, tom)
    await sam.writes("/rota")
    await sam.taps("Somebody stands in")
    label = (await sam.sees("Which turn?")).labels[0]
    assert label.startswith("Wed, Mar 3, 9:00")
    await sam.taps(label, "Tom")
    await sam.sees("Good. I've told them.")
    await tom.reads("You're on call for Maple House", "Sam put you in.")
    await maria.reads("Tom is on call in your place")
    await sam.has_read_everything()
    await presses_sos(house, ana)
    await tom.reads("Ana is asking")


async def test_when_nobody_has_the_turn_every_mentor_is_asked_at_once(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await makes_a_rota(house, sam, tom, maria)
    await tom.writes("/away")
    await tom.taps("Until tomorrow morning")
    await tom.sees("I won't ask you until Thu, Mar 4, 8:00", "nobody is on call in them so far")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await is_ok(house, ana, maria)

    await tom.writes("/away")
    await tom.taps("I'm back")
    await tom.sees("Welcome back.")
    await tom.has_read_everything()
    await presses_sos(house, ana)
    await tom.reads("Ana is asking")


async def test_in_the_night_the_clocks_change_there_is_one_answer_for_each_moment(house: House) -> None:
    # Clocks in New York go from 2:00 to 3:00 on 14 March 2027: the handover of 2:30 comes at 3:00.
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await makes_a_rota(house, sam, maria, tom, handover="2:30")
    await house.later(days=10, hours=16, minutes=59)
    await presses_sos(house, ana)
    await maria.reads("Ana is asking", "Since 1:59")
    await is_ok(house, ana, maria)
    await house.later(minutes=1)
    await presses_sos(house, ana)
    await tom.reads("Ana is asking", "Since 3:00")


async def test_in_quiet_hours_somebody_is_asked_only_if_nobody_else_is_left(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await tom.writes("/away")
    await tom.taps("🌙 Quiet hours", "10 pm to 7 am")
    await tom.sees("I'll keep to that")
    await house.at_rest()
    await tom.has_read_everything()
    await house.at("23:00")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await house.later(minutes=3)
    await tom.reads("Ana is asking")
    await ana.has_read_everything()
    await is_ok(house, ana, maria, tom)
    await sam.writes("/alerts")
    await sam.reads("All quiet.")

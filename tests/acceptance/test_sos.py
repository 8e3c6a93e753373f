"""One tap, and people are asked: who comes, who can't, and what happens when nobody does."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def asks_for_somebody(ana: Somebody) -> None:
    """Ana presses SOS, and knows that Maria is asked."""
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria right now")


async def test_somebody_presses_sos_and_maria_comes(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await asks_for_somebody(ana)
    await maria.reads("🔔 Ana is asking for somebody, now.", "Maple House, 12 Example Street", "Since 9:00")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.sees("You're on it. Ana knows that you are.")
    await maria.taps("I'm with them")
    await ana.reads("Maria is with you now.")
    await maria.sees("You're with Ana. Thank you.")
    await maria.taps("It's over")
    await ana.reads("This call is over. It was right to ask.")
    await maria.sees("It's over for Ana.")
    await house.later(minutes=30)


async def test_what_ana_writes_reaches_those_who_are_asked_because_she_agreed_to_it(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await asks_for_somebody(ana)
    await maria.reads("Ana is asking")
    await ana.writes("I'm outside the liquor store")
    await ana.reads("Thank you. I've passed it on.")
    await maria.sees("Ana is asking", "“I'm outside the liquor store”")


async def test_nobody_answers_so_the_call_climbs_and_ana_is_told_the_truth(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await asks_for_somebody(ana)
    await maria.reads("Ana is asking for somebody, now.")
    await house.later(minutes=3)
    await sam.reads("Ana is asking for somebody, now.")
    await ana.reads("Nobody has answered yet, so I'm asking Sam too.")
    await house.later(minutes=5)
    await ana.reads("I have to be honest: I haven't reached anybody yet.", "988")
    await sam.reads("Ana has been asking since 9:00", "Nobody has answered yet.")
    await house.later(minutes=5)
    await sam.reads("Please step in, or call.")
    await sam.taps("I'm on it")
    await ana.reads("Sam is on it.")
    await maria.reads("Sam is on it, you can rest.")
    await maria.sees("Sam is on it for Ana.")


async def test_when_the_only_mentor_cant_the_next_step_is_asked_at_once(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await asks_for_somebody(ana)
    await maria.reads("Ana is asking")
    await maria.taps("I can't now")
    await maria.sees("You can't right now, and that's all right.")
    await sam.reads("Ana is asking")
    await ana.reads("I'm asking Sam too")


async def test_a_house_without_anybody_to_ask_says_so(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.presses("🆘 SOS")
    await ana.reads("right now I can't reach anybody in your house", "911", "988")
    await ana.has_read_everything()


async def test_of_two_mentors_at_once_one_has_it_and_the_other_may_rest(house: House) -> None:
    ana, maria, joe = await house.people("Ana the participant", "Maria the mentor", "Joe the mentor")
    await ana.presses("🆘 SOS")
    await ana.reads("🔔 I've asked")
    await ana.reads("I'm asking")
    cards = [await each.reads("Ana is asking") for each in (maria, joe)]
    for somebody, card in zip((maria, joe), cards, strict=True):
        await somebody.taps_once_more(card, "I'm on it")
    told = await ana.reads("is on it.")
    winner, other = (maria, joe) if "Maria" in told.text else (joe, maria)
    await winner.sees("You're on it.")
    await other.reads(f"{winner.name} is on it, you can rest.")
    await other.sees(f"{winner.name} is on it for Ana.")


async def test_a_mentor_who_hands_back_leaves_nobody_alone(house: House) -> None:
    ana, maria, joe = await house.people("Ana the participant", "Maria the mentor", "Joe the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await joe.reads("Ana is asking")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await joe.reads("Maria is on it, you can rest.")
    await maria.taps("I can't after all")
    await ana.reads("It's not certain that Maria can be there, so I'm asking everyone again")
    await joe.reads("Ana still needs somebody.")
    await joe.taps("I'm on it")
    await ana.reads("Joe is on it.")
    await maria.has_read_everything()


async def test_a_mentor_who_falls_silent_is_asked_and_then_everyone_is_asked_again(house: House) -> None:
    ana, maria, joe = await house.people("Ana the participant", "Maria the mentor", "Joe the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await joe.reads("Ana is asking")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await joe.reads("you can rest")
    await house.later(minutes=10)
    await maria.reads("Are you with Ana?")
    await maria.reads("You're on it.")
    await house.later(minutes=5)
    await ana.reads("It's not certain that Maria can be there")
    await joe.reads("Ana still needs somebody.")
    await maria.reads("Ana still needs somebody.")


async def test_im_ok_now_ends_the_call_and_tells_whoever_was_on_the_way(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await asks_for_somebody(ana)
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await ana.taps("I'm OK now")
    await ana.sees("This call is over. It was right to ask.")
    await maria.reads("It's over for Ana. Thank you for being there.")
    await house.later(minutes=30)


async def test_a_second_sos_joins_the_first(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await asks_for_somebody(ana)
    await maria.reads("Ana is asking")
    await ana.presses("🆘 SOS")
    await ana.reads("Your call is open. I've asked Maria.")
    await ana.reads("I've asked Maria")


async def test_sos_in_the_middle_of_a_dialog_comes_back_to_it(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("/checkin")
    await ana.reads("How are you right now?")
    await ana.taps("😐")
    await ana.sees("How strong is any craving right now?")
    await asks_for_somebody(ana)
    await maria.reads("Ana is asking")
    await ana.taps("I'll just wait")
    await ana.sees("All right. I'm here. Any news comes right here.", "Back to: Today's check-in")
    await ana.taps("3", "8")
    await ana.sees("Are you any of these right now?")

"""Dialogs that a house wrote itself: sent in, mended, tried out without a trace, switched on, and gone back to."""

from bot.policy import Role
from tests.support.house import House
from tests.support.membership import Newcomer, let_in
from tests.support.somebody import Somebody

LONG_WAY = """\
spec: 1
dialog: our_long_way
title: {en: The long way home, es: El camino largo}
skill: true
helps_with: [craving]
minutes: 4
source: what people of this house do
nodes:
  before:
    rate: {en: How strong is it right now?, es: "¿Qué tan fuerte es ahora?"}
    save: before
    next: bench
  bench:
    choose: {en: "Walk by the river to the old bench, {me}.", es: "Ve por el río hasta la banca vieja, {me}."}
    choices:
      there: {en: I'm there, es: Ya llegué}
      person: {label: {en: I want a person, es: Quiero a alguien}, next: person}
    next: after
  after:
    rate: {en: And how is it now?, es: "¿Y ahora?"}
    save: after
    next: keep
  keep:
    do: record_practice
    with: {skill: "'our_long_way'", before: before, after: after}
    next: close
  close:
    say: {en: You walked it. Well done., es: Lo caminaste. Bien hecho.}
  person:
    go: sos
"""


async def hands_in(staff: Somebody, words: str | bytes) -> None:
    await staff.writes("/own_dialogs")
    await staff.taps("➕ Send me a new one")
    await staff.sees("Send me the file")
    await staff.hands_in(words)
    await staff.reads("I'll read it now")


async def tries_it_out(staff: Somebody) -> None:
    await staff.taps("▶️ Go on")
    await staff.sees("🆕 The long way home", "Try it out first: nothing of that is kept")
    await staff.taps("▶️ Try it out")
    await staff.sees("This is a try", "How strong is it right now?")
    await staff.taps("8")
    await staff.sees("Walk by the river to the old bench, Sam.")
    await staff.taps("I'm there", "3")
    await staff.sees("You walked it.", "That was the try", "Nothing of it was kept")


async def gives_it_to_the_house(staff: Somebody) -> None:
    await staff.taps("Yes, switch it on")
    await staff.sees("Are you sure?")
    await staff.taps("Yes, switch it on")
    await staff.sees("The house has it now.")


async def adds(staff: Somebody, words: str) -> None:
    await hands_in(staff, words)
    await staff.reads("I've read “The long way home”")
    await tries_it_out(staff)
    await gives_it_to_the_house(staff)


async def walks_it(person: Somebody, *, rates: str, after: str) -> None:
    await person.writes("/skills")
    await person.reads("What would you like to try?")
    await person.taps("🏡 The long way home")
    await person.sees("How strong is it right now?")
    await person.taps(rates, "I'm there", after)
    await person.sees("You walked it.")


async def test_a_file_is_mended_tried_out_and_switched_on_and_then_it_is_a_skill_of_the_house(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await hands_in(sam, LONG_WAY.replace("next: after", "next: aftre").replace("{me}.", "{phone}."))
    told = await sam.reads("This keeps me from using it", "Line 13 (bench)", "“aftre”", "nobody knows “phone”")
    assert "vocabulary.yaml" not in told.text
    await hands_in(sam, LONG_WAY)
    await sam.reads("I've read “The long way home”, version 1", "Languages: English and Español")

    await ana.writes("/skills")
    assert "long way" not in str((await ana.reads("What would you like to try?")).raw)  # nobody has it yet
    await tries_it_out(sam)
    await sam.writes("/practice")
    await sam.reads("Nothing stands here yet.")  # the try left no trace
    await sam.taps("Not now")

    await sam.writes("/own_dialogs")
    await sam.taps("🆕 The long way home, version 1")
    await gives_it_to_the_house(sam)
    await walks_it(ana, rates="8", after="2")
    await ana.writes("/practice")
    await ana.reads("The long way home")
    await ana.reads("You practised The long way home (1×).")
    await ana.writes("/trail")
    await ana.reads("Sam changed the dialogs that the house wrote itself")


async def test_a_new_version_carries_on_whoever_is_in_the_middle_and_the_one_before_can_be_gone_back_to(
    house: House,
) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await adds(sam, LONG_WAY)
    await ana.writes("/skills")
    await ana.reads("What would you like to try?")
    await ana.taps("🏡 The long way home", "7")
    await ana.sees("Walk by the river")
    await adds(sam, LONG_WAY.replace("You walked it. Well done.", "You walked it. Sit down a while."))
    await ana.taps("I'm there", "4")
    await ana.sees("Sit down a while.")

    await sam.writes("/own_dialogs")
    await sam.taps("☐ The long way home, version 1")
    await sam.sees("It is off. You can go back to it at any time.")
    await sam.taps("Switch it on again", "Yes, switch it on")
    await sam.sees("The house has it now.")
    await walks_it(ana, rates="5", after="1")
    await ana.sees("Well done.")


async def test_whoever_is_in_the_middle_of_one_that_is_switched_off_is_let_out_kindly(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await adds(sam, LONG_WAY)
    await ana.writes("/skills")
    await ana.reads("What would you like to try?")
    await ana.taps("🏡 The long way home", "7")
    await ana.sees("Walk by the river")
    await sam.writes("/own_dialogs")
    await sam.taps("☑ The long way home, version 1", "Switch it off")
    await sam.sees("It is off.")
    await ana.taps("I'm there")
    await ana.sees("This part of Hearth was rewritten")
    await ana.writes("/skills")
    assert "long way" not in str((await ana.reads("What would you like to try?")).raw)


async def test_sos_is_one_tap_away_in_it_and_it_can_ask_for_people_itself(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await adds(sam, LONG_WAY)
    for person in (ana, ben):
        await person.writes("/skills")
        await person.reads("What would you like to try?")
        await person.taps("🏡 The long way home", "9")
        await person.sees("Walk by the river")
    await ana.presses("🆘 SOS")
    await ben.taps("I want a person")
    for person in (ana, ben):
        await person.reads("I've asked Sam")
        await person.sees("I'm asking Sam right now")
        await person.has_read_everything()
        await sam.reads(f"{person.name} is asking for somebody, now.")


async def test_whoever_presses_sos_in_a_try_means_it_and_the_call_is_real(house: House) -> None:
    maria, sam = await house.people("Maria the mentor", "Sam of staff")
    await hands_in(sam, LONG_WAY)
    await sam.reads("I've read “The long way home”")
    await sam.taps("▶️ Go on", "▶️ Try it out")
    await sam.sees("This is a try", "Where it asks for people, it really does.", "How strong is it right now?")
    await sam.taps("9", "I want a person")
    await sam.sees("I'm asking Maria right now")
    await maria.reads("Sam is asking for somebody, now.")
    await sam.has_read_everything()
    assert not [bubble for bubble in (await sam.chat()).said if "That was the try" in bubble.text]
    await sam.writes("/own_dialogs")
    await sam.taps("🆕 The long way home, version 1")
    await sam.sees("Nobody else sees it yet. Try it out first")  # a call is no look at its end


async def test_who_reads_another_language_is_told_that_it_comes_as_it_was_written(house: House) -> None:
    ana, luz, sam = await house.people("Ana the participant", "Luz the participant", "Sam of staff")
    await luz.writes("/language")
    await luz.taps("Español")
    await luz.sees("Así te hablo desde ahora")
    only = "spec: 1\ndialog: our_river\ntitle: Where the river is\nnodes:\n  there:\n    say: Behind the mill.\n"
    await hands_in(sam, only)
    await sam.reads("Languages: English.")
    await sam.taps("▶️ Go on", "▶️ Try it out")
    await sam.sees("Behind the mill.", "That was the try")
    await gives_it_to_the_house(sam)
    for person, lead in ((ana, ""), (luz, "Todavía no está en tu idioma")):
        await person.writes("/skills")
        await person.taps("🏡 Where the river is")
        said = await person.sees("Behind the mill.", lead)
        assert ("idioma" in said.text) is (person is luz)


async def test_what_can_be_no_dialog_is_answered_kindly_and_nothing_of_it_is_kept(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await hands_in(sam, b"\xff\xfe\x00\x01")
    await sam.reads("I can't read that file.")
    await hands_in(sam, "# long\n" * 10_000)
    await sam.reads("too long for a dialog")
    await hands_in(sam, "a: &a [x, x]\nb: [*a, *a]\n")
    await sam.reads("it refers to itself")
    await hands_in(sam, "dialog: our_x\n  title: [")
    await sam.reads("Line 2")
    async with house.app.database.read() as work:
        [home] = await work.houses.all()
        assert await work.own_dialogs.count(home.id) == 0


async def test_it_is_for_staff_alone_and_for_their_house_alone(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await ana.writes("/own_dialogs")
    await ana.reads("This part is for others in the house.")
    await adds(sam, LONG_WAY)
    kim = await house.stranger("Kim")
    await let_in(house.app, "Oak House", "America/New_York", {kim.id: Newcomer(name="Kim", role=Role.STAFF)})
    await kim.opens()
    await kim.reads("Good to see you")
    await kim.reads("What would you like?")
    await kim.writes("/skills")
    assert "long way" not in str((await kim.reads("What would you like to try?")).raw)
    await kim.writes("/own_dialogs")
    assert "long way" not in str((await kim.reads("can have dialogs of its own")).raw)

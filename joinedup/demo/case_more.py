"""What else may happen in a life of each kind: small things, what went wrong, how it stopped, what was asked."""

from dataclasses import dataclass

from joinedup.demo.case_arcs import Happened
from joinedup.support.cases.choices.finding import NeedCode
from joinedup.support.cases.choices.story import Significance, Topic
from joinedup.support.contacts.choices import How

_S, _T = Significance, Topic


@dataclass(frozen=True)
class More:
    """Beside its arc: each life of the kind takes some of `also` and of `talks`, and its own end of those that stop."""

    also: tuple[Happened, ...]
    talks: tuple[tuple[How, str, str], ...]
    setback: tuple[Happened, ...]
    """One of these, where things get worse."""
    in_part: tuple[str, ...]
    """How it closes where not all of it was reached."""
    stopped: tuple[str, ...]
    """How it closes where they did not want it any more."""
    because: str
    """Why they were assessed."""
    going_well: tuple[str, ...]
    good_at: tuple[str, ...]
    good_day: tuple[str, ...]
    own_story: tuple[str, ...]
    not_wanted: tuple[str, ...]
    needs: tuple[tuple[NeedCode, str], ...]


MORE: dict[str, More] = {
    "his brother": More(
        also=(
            Happened(
                18, _T.MONEY, "Priority bills listed with the adviser", "Rent first, then heat."
            ),
            Happened(26, _T.HEALTH, "Saw his GP for the first time in three years", "About sleep."),
            Happened(41, _T.HOME, "Boiler repaired", "It had been off since the spring."),
            Happened(52, _T.MONEY, "Store card debt written off", "On the adviser’s word."),
            Happened(73, _T.OTHER, "Went to the library for the job page", "And stayed two hours."),
            Happened(84, _T.FAMILY, "Spent a weekend at his brother’s"),
        ),
        talks=(
            (How.VISIT, "Three new letters, all open, in a pile.", "I did those before you came."),
            (
                How.PHONE,
                "The meter ran out last night. Sent him to the fuel bank.",
                "I sat in my coat.",
            ),
            (
                How.VISIT,
                "He had made a list of what he owes. It is longer than ours.",
                "There. That is all.",
            ),
            (
                How.TEXT,
                "Said he will be late with the payment, and by how much.",
                "Two days, no more.",
            ),
        ),
        setback=(
            Happened(
                70,
                _T.MONEY,
                "Benefit stopped after a missed appointment",
                "The letter went to the old address.",
                "Two payments missed; the landlord rang.",
                _S.SERIOUS,
            ),
            Happened(
                64,
                _T.MENTAL_HEALTH,
                "Did not open the door for twelve days",
                "His brother got in on the Sunday.",
                "He had stopped eating.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "The rent is paid and the notice withdrawn. Work did not come of it, and he has let that go for now.",
            "He kept the flat. The older debt is with the adviser still and will take three years.",
        ),
        stopped=(
            "He said that he would rather manage by himself. The payments run; nobody has looked in since.",
            "Four visits and nobody in. A letter went, and a card with the tenancy line.",
        ),
        because="Notice was served, and he asked for help to keep the flat",
        going_well=(
            "He sees his brother’s children.",
            "The cooker works and he uses it.",
            "He sleeps five hours.",
        ),
        good_at=(
            "Cooking for forty on a small stove.",
            "Mending what others throw away.",
            "Staying calm when it is loud.",
        ),
        good_day=(
            "Up before eight, the radio on, something on the stove.",
            "The post opened by noon and the rest mine.",
        ),
        own_story=(
            "I lost the job, then I stopped looking at the letters, and then there were too many.",
            "It was one month. Then it was a year.",
        ),
        not_wanted=(
            "To be told that I should have rung sooner.",
            "A hostel.",
            "Somebody new every month.",
        ),
        needs=(
            (NeedCode.MONEY, "I do not know what I owe"),
            (NeedCode.HOUSING, "I do not want to lose the flat"),
        ),
    ),
    "her daughter": More(
        also=(
            Happened(15, _T.HEALTH, "Tablets put into a weekly box by the chemist"),
            Happened(34, _T.HEALTH, "New glasses", "The old ones were eleven years old."),
            Happened(47, _T.HOME, "Loose carpet on the landing taken up"),
            Happened(
                72,
                _T.HEALTH,
                "Exercise class in the hall, first time",
                "Held on to a chair, and to her neighbour.",
            ),
            Happened(
                88,
                _T.CARE,
                "Her carer was away; somebody new came",
                "She sent her home again.",
                "It must be said before.",
            ),
            Happened(101, _T.FAMILY, "Her daughter had a week by the sea"),
        ),
        talks=(
            (
                How.VISIT,
                "Made the tea herself, and would not be helped.",
                "I am not ill, I am old.",
            ),
            (
                How.PHONE,
                "She had not worn the button for two days. Talked about why.",
                "It is ugly.",
            ),
            (
                How.VISIT,
                "Counted the tablets together: one evening missed.",
                "Which one? I was here.",
            ),
            (
                How.VISIT,
                "Slow on the stairs, and out of breath at the top.",
                "Do not write that down.",
            ),
        ),
        setback=(
            Happened(
                66,
                _T.HEALTH,
                "In hospital for nine days with a chest infection",
                "Came home thin.",
                "Cannot do the stairs alone since.",
                _S.SERIOUS,
            ),
            Happened(
                74,
                _T.HEALTH,
                "Found by her daughter on the kitchen floor at seven",
                "A broken wrist.",
                "She is frightened to be alone at night.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "She is at home, with a carer morning and evening: more than when we began. The club was not for her.",
            "She moved to the sheltered flats in her own street. It is not her house, and she says so.",
        ),
        stopped=(
            "She sent the carers away and wants no visits. She can decide this; her daughter looks in, and will ring.",
            "Her daughter has moved in and they manage it between them. They asked us to stop.",
        ),
        because="Two falls, and a daughter who comes every day",
        going_well=(
            "She reads the paper every morning.",
            "The neighbours wave.",
            "She eats when somebody sits with her.",
        ),
        good_at=("Pastry.", "Remembering everybody’s birthday.", "Whist, and she plays to win."),
        good_day=(
            "Dressed by nine, the window open, somebody at the door who is not in a uniform.",
        ),
        own_story=(
            "I fell, and since then they all look at me as if I might break.",
            "I am slower. That is all that has happened.",
        ),
        not_wanted=("A home.", "Four different girls in one week.", "To be talked over."),
        needs=(
            (NeedCode.MOBILITY, "I cannot get out of the bath"),
            (NeedCode.CARER, "My daughter is tired"),
        ),
    ),
    "their uncle": More(
        also=(
            Happened(
                16,
                _T.SCHOOL,
                "A place by the window, away from the door",
                "She asked for it herself.",
            ),
            Happened(33, _T.FAMILY, "First supper at the table with phones in a bowl"),
            Happened(39, _T.MONEY, "School uniform paid for by the hardship fund"),
            Happened(61, _T.SCHOOL, "Chosen to show new children round"),
            Happened(74, _T.HEALTH, "Eye test; glasses on order", "She could not read the board."),
            Happened(83, _T.FAMILY, "Went to the cemetery together, with flowers from the garden"),
        ),
        talks=(
            (
                How.VISIT,
                "Bags by the door the evening before. Not ours: their idea.",
                "It was easy, really.",
            ),
            (
                How.PHONE,
                "Mum: two late mornings, both after a bad night.",
                "She was in my bed at three.",
            ),
            (How.MEETING, "The class teacher and Mum, with tea. No lists this time.", ""),
            (
                How.VISIT,
                "Shouting when I came; we waited on the step, then began again.",
                "Sorry you saw that.",
            ),
        ),
        setback=(
            Happened(
                68,
                _T.SCHOOL,
                "Nine days out of school in a row",
                "She says her stomach hurts.",
                "The mornings are back where they were.",
                _S.SERIOUS,
            ),
            Happened(
                62,
                _T.FAMILY,
                "Mum signed off work for six weeks",
                "She cannot get up herself on some days.",
                "Nobody gets anybody up.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "Mornings work on four days of five, and Mondays are Mondays still. They want to go on by themselves.",
            "She is in school. Nobody has managed to speak of the loss yet, and the project keeps the place.",
        ),
        stopped=(
            "Mum asked us to stop: too many people, she said. School keeps breakfast club and will ring.",
            "They did not answer for five weeks. School sees them daily and knows whom to ring.",
        ),
        because="Attendance fell and the family asked for help with the mornings",
        going_well=(
            "They eat together.",
            "She has two good friends.",
            "Bedtime is at the same time every day.",
        ),
        good_at=("Making each other laugh.", "Turning up for people.", "Drawing, all of them."),
        good_day=("Out of the door at twenty past eight and nobody has cried.",),
        own_story=("It was always a rush. Now it is a fight.", "We miss somebody in the mornings."),
        not_wanted=(
            "A fine.",
            "To be told to set an alarm.",
            "Somebody in a lanyard at the school gate.",
        ),
        needs=(
            (NeedCode.EDUCATION, "School mornings go wrong"),
            (NeedCode.FAMILY, "We do not talk about it"),
        ),
    ),
    "his mentor, a volunteer": More(
        also=(
            Happened(
                17, _T.HOME, "Got the key to his room replaced", "It had not locked since he came."
            ),
            Happened(24, _T.HEALTH, "Blood test; the liver is not as bad as he feared"),
            Happened(
                58, _T.MONEY, "First budget he kept for a fortnight", "On the back of an envelope."
            ),
            Happened(
                66, _T.HEALTH, "Tooth out at the emergency dentist", "Sober, which he points out."
            ),
            Happened(96, _T.OTHER, "Helped in the drop-in’s kitchen", "Was asked to come back."),
            Happened(112, _T.POLICE, "Spoke to the officer he had shouted at", "They shook hands."),
        ),
        talks=(
            (
                How.VISIT,
                "Not at the bench. Found him at the drop-in, in the warm.",
                "It was raining, that is all.",
            ),
            (
                How.PHONE,
                "Slurred. Agreed to speak tomorrow, and he did ring.",
                "Yesterday does not count.",
            ),
            (How.VISIT, "He had shaved. Said nothing about it, so I did not.", ""),
            (How.VISIT, "Angry about the form. We filled it in standing up.", "Who writes these?"),
        ),
        setback=(
            Happened(
                72,
                _T.HEALTH,
                "Three attendances at A&E in ten days",
                "Twice by ambulance.",
                "He says he did not want to wake up.",
                _S.SERIOUS,
            ),
            Happened(
                86,
                _T.POLICE,
                "Arrested outside his former wife’s door",
                "No charge.",
                "The contact centre stopped the afternoons.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "He drinks, and less; A&E has not seen him in two months. He does not see his daughter yet.",
            "He sees his daughter at the centre. He did not stop drinking, and does not say that he will.",
        ),
        stopped=(
            "He does not want to be worked with, in his words. The drop-in sees him most days and will tell us.",
            "We have lost touch: the room is empty and the number is dead. The crisis line has a note of him.",
        ),
        because="Four attendances in two months, and three agencies who each knew a part of it",
        going_well=(
            "He answers the telephone before noon.",
            "He has a lock on his door.",
            "He goes to the drop-in.",
        ),
        good_at=("Plastering.", "Telling a story.", "Knowing every bus in the town."),
        good_day=("I wake up and I know where I am.", "Somebody expects me at ten."),
        own_story=(
            "Everybody has given me a leaflet.",
            "I had a house and a van. Then I had a room and a bottle.",
        ),
        not_wanted=("A group on chairs in a circle.", "To be searched for it every time.", "Pity."),
        needs=(
            (NeedCode.SUBSTANCE_MISUSE, "I drink in the mornings"),
            (NeedCode.FREQUENT_EMERGENCY, "A&E is where they are kind"),
        ),
    ),
    "her friend from the choir": More(
        also=(
            Happened(12, _T.HEALTH, "Scales delivered, with big numbers"),
            Happened(22, _T.HEALTH, "Inhaler technique put right", "She had breathed out."),
            Happened(45, _T.HEALTH, "Pneumonia vaccination at home"),
            Happened(
                54, _T.MONEY, "Attendance allowance granted", "Taxis, she says, and better coffee."
            ),
            Happened(76, _T.HEALTH, "Water tablets changed", "Fewer nights up."),
            Happened(88, _T.OTHER, "Walked to the corner shop and back"),
        ),
        talks=(
            (
                How.PHONE,
                "Up by two pounds since yesterday; told her to take the extra tablet.",
                "I thought so.",
            ),
            (
                How.VISIT,
                "Asleep in the chair at eleven. Talked about nights.",
                "The bed is where I cannot breathe.",
            ),
            (
                How.VISIT,
                "She showed me how she does the inhaler now. Right.",
                "Four years I did it wrong.",
            ),
            (
                How.PHONE,
                "Wanted to know what the letter from the clinic means. It means nothing new.",
                "",
            ),
        ),
        setback=(
            Happened(
                70,
                _T.HEALTH,
                "In hospital for a week, the third time",
                "Fluid on the lungs.",
                "She came home on oxygen.",
                _S.SERIOUS,
            ),
            Happened(
                63,
                _T.MENTAL_HEALTH,
                "Said that she does not see the point",
                "To the nurse, on a Friday.",
                "She stopped the class.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "She manages a bad morning. She does not get out as she wished: the lungs do not let her.",
            "One night in hospital instead of ten. The class was too far, and nothing nearer was found.",
        ),
        stopped=(
            "She wants the practice alone, and not a plan. The nurse rings on Mondays as before.",
            "She moved to her son’s in another county. Her new practice has the plan and the medicines.",
        ),
        because="Two stays in hospital, the second of which need not have been",
        going_well=(
            "She weighs herself.",
            "The stairs have a second rail.",
            "She has people who drive.",
        ),
        good_at=("Harmony.", "Crosswords, in ink.", "Running a household of seven on nothing."),
        good_day=("Shoes on, coat on, and out, even to the gate.",),
        own_story=(
            "I get breathless, I get frightened, I get an ambulance.",
            "They send me home before I can do the stairs.",
        ),
        not_wanted=("To be brave.", "Another leaflet on salt.", "Oxygen in front of people."),
        needs=(
            (NeedCode.PHYSICAL_HEALTH, "I cannot lie flat"),
            (NeedCode.LONELINESS, "I miss Thursdays"),
        ),
    ),
    "their grandmother": More(
        also=(
            Happened(9, _T.SAFETY, "A neighbour agreed to ring if there is shouting"),
            Happened(22, _T.HEALTH, "Health visitor: weight and height as they should be"),
            Happened(
                41, _T.FAMILY, "Mum met the advocate at the children’s centre", "Not at home."
            ),
            Happened(56, _T.HOME, "A lamp on the landing, and a bolt on the inside"),
            Happened(
                82,
                _T.FAMILY,
                "First visit with their father at the contact centre",
                "They built a train.",
            ),
            Happened(98, _T.SCHOOL, "Nursery: first friend", "The two of them dig."),
        ),
        talks=(
            (
                How.VISIT,
                "He hid when the bell rang, and came out when he saw who it was.",
                "It is only you.",
            ),
            (
                How.PHONE,
                "Mum: he asks where Dad sleeps. Agreed what to say.",
                "I never know what to say.",
            ),
            (
                How.VISIT,
                "Bath time; stayed in the doorway and spoke with Mum.",
                "Boats need waves.",
            ),
            (How.MEETING, "Core group: what each of us would notice first.", ""),
        ),
        setback=(
            Happened(
                60,
                _T.POLICE,
                "Their father came to the door at night",
                "Mum rang 999; he had gone.",
                "The boy sleeps in her bed again.",
                _S.SERIOUS,
            ),
            Happened(
                67,
                _T.FAMILY,
                "Mum let their father stay for a weekend",
                "The nursery heard it from the boy.",
                "She was afraid to tell us.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "They are safe, and their father is out of the house. Visits with him have not begun; the court decides.",
            "Quiet at home. Mum wants no more groups, and keeps her advocate.",
        ),
        stopped=(
            "The family moved to another authority. Their social worker there has the plan and read it back to us.",
            "They live with their grandmother now by a court order, and her authority leads.",
        ),
        because="Two calls at night with the children in the house",
        going_well=(
            "He eats everything.",
            "Mum gets him to nursery every day.",
            "Their grandmother is ten minutes away.",
        ),
        good_at=("Digging.", "Noticing who is sad.", "Knowing every dinosaur."),
        good_day=("Nobody shouts, and there are two stories.",),
        own_story=("It got loud, and then it got worse, and I could not see how to stop it.",),
        not_wanted=(
            "To lose them.",
            "To have to sit opposite him.",
            "To be asked why I did not leave.",
        ),
        needs=(
            (NeedCode.DOMESTIC_ABUSE, "He came home drunk and broke the door"),
            (NeedCode.FAMILY, "The boy does not sleep"),
        ),
    ),
    "her neighbour": More(
        also=(
            Happened(
                19, _T.HEALTH, "Let the nurse look at her leg", "In the garden, not in the house."
            ),
            Happened(
                38,
                _T.HOME,
                "Two chairs went to the furniture project",
                "She rode along to see where.",
            ),
            Happened(49, _T.FIRE, "Electric blanket tested, and thrown away"),
            Happened(57, _T.MONEY, "Three subscriptions found and ended", "Forty pounds a month."),
            Happened(
                79,
                _T.FAMILY,
                "Her sister came to tea",
                "For the first time in six years there was a chair.",
            ),
            Happened(
                92, _T.MENTAL_HEALTH, "Went to the talking group once", "Once was enough, she says."
            ),
        ),
        talks=(
            (
                How.VISIT,
                "Nothing went today. We looked at photographs for an hour.",
                "That one can stay.",
            ),
            (
                How.VISIT,
                "The stairs are clear to the turn. She did it on Sunday.",
                "I could not sleep, so.",
            ),
            (
                How.PHONE,
                "She is cross: a bag went that should not have. Came back for it.",
                "Ask first. Always ask.",
            ),
            (
                How.VISIT,
                "The kitchen table has a corner again, with a cloth on it.",
                "Sit. I can offer you tea.",
            ),
        ),
        setback=(
            Happened(
                58,
                _T.HOME,
                "Brought home six boxes from a house clearance",
                "They were free.",
                "The hall is as it was in the beginning.",
                _S.SERIOUS,
            ),
            Happened(
                71,
                _T.FIRE,
                "Second small fire, in the back room",
                "A candle, in a power cut.",
                "She will not speak of it.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "Two ways out, and no more than that: the back room stays shut, and she has said why.",
            "The hall is clear. Nothing was lent or given; she was not ready, and that is hers to say.",
        ),
        stopped=(
            "She asked us not to come in again. The crew sees to the alarms, and her neighbour has our number.",
            "She had a stroke and lives in a nursing home; her niece has the keys and asks the skills swap.",
        ),
        because="A fire, and a back door that would not open",
        going_well=(
            "She knows where everything is.",
            "She feeds half the street’s cats.",
            "She lets two of us in.",
        ),
        good_at=("Finding a use for anything.", "Remembering who made what.", "Bargaining."),
        good_day=(
            "I find the thing I was looking for.",
            "Somebody needs a hinge, and I have the hinge.",
        ),
        own_story=(
            "After the funeral I could not throw anything away, and then it was the house.",
        ),
        not_wanted=("A skip.", "Strangers with gloves.", "The word they use for it."),
        needs=(
            (NeedCode.FIRE_SAFETY, "There is one way out"),
            (NeedCode.LONELINESS, "Nobody has sat here since"),
        ),
    ),
    "his mother": More(
        also=(
            Happened(
                18, _T.CARE, "Chose his support worker from three", "He had written the questions."
            ),
            Happened(36, _T.OTHER, "Rode the 14 bus alone, with headphones"),
            Happened(48, _T.HEALTH, "Annual health check, with the form sent beforehand"),
            Happened(69, _T.MONEY, "Opened a bank account of his own"),
            Happened(
                87, _T.OTHER, "Met the online friends in person", "Five of them, in a quiet café."
            ),
            Happened(103, _T.HOME, "On the housing list, band C"),
        ),
        talks=(
            (
                How.EMAIL,
                "Sent the agenda two days before, as he asked.",
                "Point 4 is not a question.",
            ),
            (
                How.VISIT,
                "Lights low, door open. Forty minutes, then he said that was enough.",
                "You stopped when I said.",
            ),
            (
                How.EMAIL,
                "He has found a mistake in the letter from us. He is right.",
                "Page 2, line 6.",
            ),
            (How.PHONE, "His mother: he ate with them three times this week.", ""),
        ),
        setback=(
            Happened(
                76,
                _T.CARE,
                "His support worker left, with four days’ notice",
                "Nobody told him first.",
                "He has not been out since.",
                _S.SERIOUS,
            ),
            Happened(
                83,
                _T.MENTAL_HEALTH,
                "Stopped answering messages for three weeks",
                "Lost his placement meanwhile.",
                "He had been told off in front of visitors.",
                _S.SERIOUS,
            ),
        ),
        in_part=(
            "He works. A flat of his own is on the list, and the list is four years long.",
            "He goes out again and has a worker he likes. Paid work did not come of it this year.",
        ),
        stopped=(
            "He wrote that he does not want meetings any more, and gave eleven reasons. He keeps his support worker.",
            "He moved in with friends in another city, and asked the council there himself.",
        ),
        because="Two services had each sent him to the other",
        going_well=(
            "He is up by ten.",
            "He plays with five friends, daily.",
            "He cooks one dish, well.",
        ),
        good_at=(
            "Finding the mistake.",
            "Knowing every timetable.",
            "Being kind to what cannot speak.",
        ),
        good_day=("I know what happens next, and it does.",),
        own_story=("They told me I was too able for one and not able enough for the other.",),
        not_wanted=(
            "A telephone call without a warning.",
            "To be called high functioning.",
            "Role play.",
        ),
        needs=(
            (NeedCode.AUTISM, "Nobody says what they mean"),
            (NeedCode.WORK, "I want to earn money"),
        ),
    ),
}
"""By what whoever helps is to them, as the small things of each life are."""

EVIDENCE = (
    "Seen on a visit", "They rang to say so, and showed it after", "In the minutes of the meeting",
    "Seen, and written into the story", "On paper, in the file", "{m} says so too",
)  # fmt: skip
AGREED_BY = (
    "both of us, at the kitchen table", "everybody at the meeting", "the two of us and {m}",
    "them, in writing", "all of us, at the table",
)  # fmt: skip
DONE = (
    "Done as agreed.", "Done, a few days late.", "Done; it took two tries.", "Done before we asked.",
    "Done, with {m}.", "Done.",
)  # fmt: skip
NOT_DONE = (
    "Not needed in the end.", "It was the wrong thing to ask; something else was agreed.",
    "Tried twice, and let go.",
)  # fmt: skip
GIVEN_UP = (
    "It was more than could be done in the time", "Let go, for now",
    "It hung on others, and did not come",
)  # fmt: skip
LESS_OF_YOU = (
    "A little less of you, and more of us.", "Ring me. You need not come.", "Once a month is plenty.",
    "I would like my Wednesdays back.",
)  # fmt: skip
MORE_OF_YOU = (
    "I do not want to do this by myself.", "Come more often, until it is over.", "Somebody to ring at night.",
)  # fmt: skip
STAYS_OPEN = (
    "They know whom to ring, and that they may.", "The way back is open, and they have it in writing.",
    "Nothing of ours. They have the number.",
)  # fmt: skip
OUTCOME_WORDS = {
    "improved": ("Better than when we began; they say so too.", "Reached, and it has held.", ""),
    "maintained": ("As it was, and that was the point.", "No worse, in a hard year.", ""),
    "prevented": ("It did not come to it.", "What we feared has not happened."),
    "declined": ("Not reached, and they have let it go for now.", "It did not come to it this time."),
}  # fmt: skip

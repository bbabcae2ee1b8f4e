"""How lives of one kind differ: small things of each, what was said between, and what a review found."""

import re
from collections.abc import Mapping, Sequence
from random import Random

Turn = tuple[tuple[str, ...], ...]
"""Ways to say the same: the first is how the arc says it, phrase by phrase; another stands instead."""

TURNS: dict[str, tuple[Turn, ...]] = {
    "his brother": (
        (
            ("my two cats", "the cats are fat"),
            ("my old dog", "the dog has the sofa"),
            ("my records", "the record player is mended"),
            ("my plants", "the plants are watered"),
        ),
        (
            ("a chef for nine years", "when the kitchen closed", "Nine years in the same place"),
            (
                "a night porter for six years",
                "when the hotel closed",
                "Six years in the same place",
            ),
            (
                "in a warehouse for eleven years",
                "when the depot moved",
                "Eleven years in the same place",
            ),
        ),
        (
            ("Cook for a living again", "the hospital kitchen", "It smells of soup again."),
            ("Be in work again", "the hospital stores", "I made soup. First time in weeks."),
            ("Earn my own money again", "the bus garage", "I opened the curtains, did you see?"),
        ),
        (("ten weeks",), ("seven weeks",), ("twelve weeks",), ("nine weeks",)),
        (
            ("Twelve pounds", "twelve pounds", "twelve every week"),
            ("Eight pounds", "eight pounds", "eight every week"),
            ("Fifteen pounds", "fifteen pounds", "fifteen every week"),
        ),
        (("eleven were unopened",), ("six were unopened",), ("a carrier bag of them",)),
    ),
    "her daughter": (
        (
            ("my chair by the window",),
            ("my garden",),
            ("the wireless in the mornings",),
            ("my crossword",),
        ),
        (
            ("Fell in the bathroom", "On the floor for four hours"),
            ("Slipped getting out of the bath", "On the floor for two hours"),
            ("Fell in the bathroom at night", "On the floor until her daughter came"),
        ),
        (
            ("Played cards; won.",),
            ("Sang; knew every word.",),
            ("Sat with a woman she was at school with.",),
        ),
        (("fifty years",), ("forty years",), ("since I was married",)),
        (
            ("Daughter rang: a good week.",),
            ("Daughter rang: slept through four nights.",),
            ("Daughter rang to ask about the weekend.",),
        ),
    ),
    "their uncle": (
        (
            ("Football on Saturdays.",),
            ("Pancakes on Sundays.",),
            ("Swimming on Fridays.",),
            ("Films, all on one sofa.",),
        ),
        (
            (
                "Grandmother died",
                "her gran",
                "Gran",
                "She had done the school run.",
                "A box with her things made",
            ),
            (
                "Grandfather died",
                "her grandad",
                "Grandad",
                "He had done the school run.",
                "A box with his things made",
            ),
        ),
        (("Mostly Mondays.",), ("Mondays and Tuesdays.",), ("The day after each weekend.",)),
        (("ninety-four per cent",), ("ninety-two per cent",), ("ninety-five per cent",)),
        (
            ("The list is on the fridge.", "Mum smiled at the list."),
            ("The shoes stood ready in a row.", "We had it all out before you rang."),
        ),
    ),
    "his mentor, a volunteer": (
        (
            ("Fishing.", "Go fishing with him on Sundays", "Takes him fishing on Sundays"),
            ("My bike.", "Ride out with him on Sundays", "Rides out with him on Sundays"),
            ("Playing the guitar.", "Play with him on Sundays", "Plays guitar with him on Sundays"),
        ),
        (
            ("They fed the ducks.", "from the ducks"),
            ("They made a kite.", "from the kite"),
            ("They played pool; she won.", "from the pool table"),
        ),
        (
            ("Nine days", "Nine days without a drink", "His own count, on the wall."),
            ("Twelve days", "Twelve days without a drink", "His own count, in a notebook."),
            ("Two weeks", "Two weeks without a drink", "Crossed off on the calendar."),
        ),
        (
            ("by the canal", "On the bench by the canal"),
            ("in the park", "On a bench in the park"),
            ("at the library", "In the library’s corner"),
        ),
        (("Fourth attendance", "four before that"), ("Fifth attendance", "five before that")),
    ),
    "her friend from the choir": (
        (
            (
                "sing",
                "The choir is on Thursdays.",
                "Sing on Thursdays",
                "Sang with the choir again",
                "Thursday I sang the top line.",
                "sings on Thursdays",
                "One rehearsal",
            ),
            (
                "walk round the market",
                "It is on Thursdays.",
                "Go to the market on Thursdays",
                "Was at the market again",
                "Thursday I carried my own bag.",
                "goes to the market on Thursdays",
                "One Thursday there",
            ),
            (
                "dance a little",
                "The tea dance is on Thursdays.",
                "Dance on Thursdays",
                "At the tea dance again",
                "Thursday I did two waltzes.",
                "dances on Thursdays",
                "One tea dance",
            ),
        ),
        (("eight days",), ("six days",), ("eleven days",)),
        (("Twelve weeks, on Mondays.",), ("Four others, and biscuits.",), ("Sits at the front.",)),
        (("at nine, as agreed",), ("before ten, as agreed",), ("at once, as agreed",)),
    ),
    "their grandmother": (
        (("Bedtime stories",), ("Breakfast together",), ("Sundays in the park",)),
        (
            ("his new night light", "The dragon one."),
            ("his new bed", "It is a racing car."),
            ("where his bear sleeps", "He guards the door."),
        ),
        (
            ("Drew the house with the door on the outside.",),
            ("Played at hiding, the whole hour.",),
            ("Said that he listens at night.",),
        ),
    ),
    "her neighbour": (
        (
            (
                "My late husband’s tools",
                "the story of the tools",
                "He made every shelf in the house.",
                "His tools used by somebody who knows",
                "Lent a plane and two saws",
            ),
            (
                "My mother’s sewing things",
                "the story of the sewing box",
                "She sewed for the whole street.",
                "Her things used by somebody who knows",
                "Lent the machine and two boxes of thread",
            ),
            (
                "My late husband’s cameras",
                "the story of the cameras",
                "He photographed every wedding in the street.",
                "His cameras used by somebody who knows",
                "Lent two cameras and a tripod",
            ),
        ),
        (("who works wood",), ("who could use them",)),
        (
            ("I had forgotten the tiles.",),
            ("You can hear yourself walk in it.",),
            ("Look, a floor.",),
        ),
        (("in four mornings",), ("in six mornings",), ("over two weeks",)),
    ),
    "his mother": (
        (
            (
                "the rescue centre",
                "The rescue dogs do not do small talk.",
                "Work with animals, for money",
                "A job with animals",
            ),
            (
                "the garden centre",
                "Plants do not do small talk.",
                "Work with plants, for money",
                "A job with plants",
            ),
            (
                "the wildlife centre",
                "Owls do not do small talk.",
                "Work with birds, for money",
                "A job with birds",
            ),
        ),
        (("gaming with my friends online",), ("my trains",), ("my drawing",)),
        (
            ("Six pages; better than ours.",),
            ("Four pages, with a drawing.",),
            ("Wrote it at night, in one go.",),
        ),
        (("After a year of waiting.",), ("After two years of waiting.",)),
        (("ten hours",), ("twelve hours",), ("eight hours",)),
    ),
}
"""By what whoever helps is to them; what is not named here all lives of the kind have in common."""

BETWEEN: dict[str, tuple[tuple[str, str], ...]] = {
    "phone": (
        ("Rang to hear how the week went.", "It went. That is something."),
        ("Short call: the letter has come, and we read it together.", ""),
        ("Asked about sleep. Better than a month ago.", "I wake once, not four times."),
        ("Moved Thursday to Friday, as asked.", ""),
        ("Rang back within the hour; it was only the forms.", "I thought I had done it wrong."),
        ("{m} rang: all is well, and could we speak about the weekend.", ""),
        ("Nothing new, and that was the news.", "Quiet is good."),
        ("Kept short, as asked: only the date of the next visit.", ""),
        ("A wrong bill. Rang them together, on the loudspeaker.", "You heard what they said."),
        ("Asked who else had been in touch. Two, and they know of each other.", ""),
        ("Rang at four instead of two; apologised.", "I had noticed."),
        ("Said that I am away next week, and who stands in.", "Does she know all this?"),
        ("Went through what was promised; two of three are done.", ""),
    ),
    "visit": (
        (
            "Half an hour. Tea, and a look at the plan on the wall.",
            "I have ticked that one myself.",
        ),
        (
            "Not a good day; stayed, and talked of other things.",
            "Thank you for not starting with the forms.",
        ),
        ("{m} was there. We agreed who does what until the next visit.", ""),
        ("A walk instead of a talk. More was said.", "It is easier when nobody looks at me."),
        ("Everything on the list is done but one.", "That one I am putting off."),
        ("Came at the agreed time. The door was open already.", "You said ten, so ten."),
        ("Looked at the post together: nothing urgent in it.", ""),
        (
            "Talked about how it was before, and who did what then.",
            "I could not have said it then.",
        ),
        ("Somebody else was there, so we spoke of small things only.", ""),
        ("Ten minutes on the step; that was what today allowed.", "Next week is better."),
        (
            "Read out what I had written last time, and changed two words of it.",
            "That is how I said it.",
        ),
        ("Went through the three numbers to ring, and where they hang.", "On the fridge, I know."),
        ("Asked what has got better. A long silence, and then a list.", "More than I thought."),
    ),
    "text": (
        ("Reminded of tomorrow.", "Thanks. I will be there."),
        ("Sent the number that was asked for.", ""),
        ("Asked how it went; a thumb came back.", ""),
    ),
    "meeting": (
        ("Everybody who helps, half an hour, one page.", ""),
        ("Went through the plan with everybody at the table.", "I liked that you asked me first."),
    ),
}
"""What is written between the things that happen, by how: in any life."""

NOT_IN = (
    "Nobody opened. A card through the door, with the next time on it.",
    "Nobody in. A note on the door: back tomorrow.",
    "Knocked twice, and left. Will write this evening.",
)
"""What is written of a visit at which nobody was seen."""

NOT_ALL_OF_IT = (
    "The first part, yes. Not so many visits.",
    "I want it, but not all at once.",
    "Yes to the goals. I do not want my doctor told.",
)

HOLDS = ("What was reached holds.", "It holds, with less of us.", "Quiet, and in a good way.")
LITTLE_NEW = (
    "Two good weeks, then two that were not.",
    "What was planned is half done.",
    "Nothing is worse, and little is new.",
    "Slower than we hoped, and nothing has slipped.",
)
TO_SEE_IT_HOLD = (
    "Less already since last time. Two months to see that it holds, then we close.",
    "One visit a month is the least that lets us notice.",
)

WHY_NOT_LESS = (
    "Too early to say: some of it has begun this month.",
    "They would manage a week. We are not sure of a month.",
    "Two of us could step back, and have; the rest stays.",
    "What was agreed is under way, and not finished.",
    "Each of us thinks that it holds because it is kept up. We look again in two months.",
    "Tried with a visit less in the month before; it was too soon.",
    "One promise is still open, and the rest leans on it.",
)
WOULD_CHOOSE = (
    "One person who decides, and whom I know.",
    "To be asked before and not after.",
    "Less paper.",
    "To go on as we do.",
    "The same, but not on Mondays.",
    "To know beforehand who is coming.",
    "That it is written down, so that nobody asks again.",
)


def turned(relation: str, chance: Random) -> dict[str, str]:
    """For one life: each phrase that is said otherwise in it, and how."""
    found: dict[str, str] = {}
    for ways in TURNS.get(relation, ()):
        chosen = chance.choice(ways)
        found |= {said: other for said, other in zip(ways[0], chosen, strict=True) if said != other}
    return found


def said_so(words: str, turns: Mapping[str, str]) -> str:
    """The words with every such phrase said the other way; the longer ones first, and each word once."""
    if not turns:
        return words
    longest_first = sorted(turns, key=len, reverse=True)
    any_of = "|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in longest_first)
    return re.sub(any_of, lambda found: turns[found[0]], words)


def what_a_review_found(happened: Sequence[str], met: Sequence[str], otherwise: str) -> str:
    """What changed since last time, in the words of the story and the plan."""
    said = f"Since last time: {'; '.join(_within(each) for each in happened)}." if happened else ""
    kept = f"Reached: {', '.join(f'“{each}”' for each in met)}." if met else ""
    return " ".join(filter(None, (said, kept))) or otherwise


def _within(words: str) -> str:
    """A line of the story inside a sentence."""
    return words[0].lower() + words[1:] if words[:2] not in {"A&", "I "} else words

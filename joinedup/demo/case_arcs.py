"""The kinds of life that the demo's cases are made of: what happened, what they want, who does what."""

from dataclasses import dataclass

from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.plan import Aim, InterventionKind
from joinedup.support.cases.choices.story import IncidentRole, Significance, Topic
from joinedup.support.contacts.choices import How

_S, _T, _R, _A, _I = Significance, Topic, IncidentRole, Aim, InterventionKind


@dataclass(frozen=True)
class Happened:
    """One entry of a story: so many days after the case began (before it, if less than nothing)."""

    day: int
    topic: Topic
    what: str
    words: str = ""
    meant: str = ""
    weight: Significance = _S.NOTABLE
    role: IncidentRole = _R.NONE


@dataclass(frozen=True)
class Wanted:
    """A goal in their own words, the steps towards it, and the promises made for it.

    A promise is its words and who gave it: the lead, the person, or the member of that relation.
    """

    words: str
    aim: Aim
    steps: tuple[str, ...] = ()
    promises: tuple[tuple[str, str], ...] = ()
    outcome: str = ""


@dataclass(frozen=True)
class Arc:
    """A kind of life: whose it can be, how it goes, and how it ends if it ends well."""

    programme: Programme
    agencies: tuple[str, ...]
    ages: tuple[int, int]
    sex: str
    """The words say he or she."""
    matters: str
    signs: str
    what_to_do: str
    whom_to_ring: str
    story: tuple[Happened, ...]
    wanted: tuple[Wanted, ...]
    contacts: tuple[tuple[How, str, str], ...]
    """How, what was written, and their own words."""
    gives: tuple[tuple[InterventionKind, str, str], ...]
    """What is given, by whom (an agency's code, or a name), and in which words."""
    member: tuple[str, str, str]
    """Somebody of their own life: name, relation, what they do."""
    levels: tuple[tuple[int, int, str], ...]
    """From which day which level, and why."""
    closing: str
    stays: str
    review: str
    said_at_review: str
    family: bool = False


ARCS: tuple[Arc, ...] = (
    Arc(
        Programme.HOUSING_SUPPORT,
        ("housing",),
        (22, 64),
        "M",
        "My flat, my two cats and being left in peace. I was a chef for nine years.",
        "The post piles up unopened. I stop cooking.",
        "I put the letters in one bag and ring on Monday morning.",
        "My housing officer, or the tenancy line on 01632 960 208.",
        (
            Happened(
                -210,
                _T.MONEY,
                "Lost his job when the kitchen closed",
                "Nine years in the same place; paid to the end of the month.",
                "Rent was first missed two months on.",
            ),
            Happened(
                -40, _T.HOME, "Arrears reached ten weeks", "A letter was sent and not answered."
            ),
            Happened(
                -6,
                _T.HOME,
                "Notice served for the arrears",
                "Served by hand; he was at home and polite.",
                "Without help the home is lost within months.",
                _S.SERIOUS,
            ),
            Happened(
                12,
                _T.MONEY,
                "Benefits had been paid to an old account",
                "Found by the debt adviser, with him, in an hour.",
            ),
            Happened(
                35,
                _T.MONEY,
                "First payment towards the arrears",
                "Twelve pounds, and twelve every week from now on.",
            ),
            Happened(
                60,
                _T.HOME,
                "The landlord agreed to wait",
                "As long as the plan is kept.",
                "He sleeps again, he says.",
                _S.NOTABLE,
            ),
            Happened(95, _T.OTHER, "Two trial shifts at the hospital kitchen"),
        ),
        (
            Wanted(
                "Keep my flat",
                _A.HOME,
                ("Rent paid four weeks running", "The notice withdrawn"),
                (
                    ("Ring the landlord about the plan", "lead"),
                    ("Pay twelve pounds every Friday", "person"),
                    ("Sit with him while he opens the post", "lead"),
                ),
                "improved",
            ),
            Wanted(
                "Cook for a living again",
                _A.WORK_AND_LEARNING,
                ("One trial shift",),
                (("Ask at the hospital kitchen", "person"),),
                "maintained",
            ),
        ),
        (
            (
                How.VISIT,
                "Went through the letters together; eleven were unopened.",
                "I just could not look at them.",
            ),
            (
                How.PHONE,
                "He rang himself, before the payment was due.",
                "I wanted you to know it is done.",
            ),
            (How.TEXT, "Reminded of the meeting with the landlord.", ""),
            (How.VISIT, "The flat is tidy and the cats are fat.", "It smells of soup again."),
            (How.MEETING, "Landlord, adviser and he at one table. All three agreed the plan.", ""),
        ),
        (
            (
                _I.ADVICE_ON_DEBT,
                "Citizens’ advice on the square",
                "Benefits, arrears, one plan for both",
            ),
            (_I.HOUSING_SUPPORT, "housing", "A visit every fortnight"),
        ),
        ("{m}", "his brother", "Rings on Sundays and asks about the post"),
        (
            (0, 2, "Home at risk, and one service could not mend it alone."),
            (96, 1, "The notice is withdrawn and the rent is paid."),
        ),
        "The rent is paid, the notice withdrawn, and he works four days a week.",
        "His brother rings on Sundays; the tenancy line knows him.",
        "The plan is kept; the arrears are down by a third.",
        "I can see the end of it now.",
    ),
    Arc(
        Programme.SOCIAL_CARE,
        ("adult_care",),
        (74, 94),
        "F",
        "My own kitchen, my chair by the window, and not being a burden to my daughter.",
        "I do not get dressed by noon. I forget the evening tablets.",
        "I press the button round my neck. My daughter has a key.",
        "The adult social care desk on 01632 960 311, day or night.",
        (
            Happened(
                -120,
                _T.HEALTH,
                "Fell in the bathroom",
                "On the floor for four hours; nothing broken.",
                "She will not bathe alone since.",
                _S.SERIOUS,
            ),
            Happened(
                -30,
                _T.HEALTH,
                "Second fall, by the back door",
                "An ambulance came; she would not go in.",
                weight=_S.SERIOUS,
            ),
            Happened(
                8,
                _T.CARE,
                "Assessed at home with her daughter",
                "Can wash her face and hands; cannot get in or out of the bath.",
            ),
            Happened(
                21,
                _T.HOME,
                "Rails and a bath seat fitted",
                meant="She bathed by herself that evening.",
            ),
            Happened(
                50,
                _T.FAMILY,
                "Her daughter said she cannot go on every day",
                "In tears on the telephone.",
                weight=_S.SERIOUS,
            ),
            Happened(
                58, _T.CARE, "Carer every morning began", "Same woman each day, as she asked."
            ),
            Happened(110, _T.OTHER, "Went to the lunch club twice", "Played cards; won."),
        ),
        (
            Wanted(
                "Stay in my own house",
                _A.INDEPENDENCE,
                ("Rails fitted", "No fall for eight weeks"),
                (
                    ("Order the rails and the bath seat", "lead"),
                    ("Do the standing exercises after breakfast", "person"),
                    ("Look in on Tuesdays and Fridays only", "member"),
                ),
                "maintained",
            ),
            Wanted(
                "See people who are not carers",
                _A.COMPANY,
                ("Lunch club tried twice",),
                (("Book the lift to the lunch club", "lead"),),
                "improved",
            ),
        ),
        (
            (
                How.VISIT,
                "Moves safely with the frame. The stairs are the worry.",
                "I have gone up those stairs for fifty years.",
            ),
            (How.PHONE, "Daughter rang: a good week.", ""),
            (
                How.VISIT,
                "Ate a whole dinner while we talked.",
                "The girl makes it the way I like it.",
            ),
            (How.LETTER, "Copy of the plan sent in large print.", ""),
        ),
        (
            (_I.CARE_AT_HOME, "Brightside home care", "Mornings, seven days"),
            (_I.NURSING, "gp", "Falls clinic and a look at the tablets"),
            (_I.BEFRIENDING, "Lunch club at St Anne’s", "Tuesdays, with a lift"),
        ),
        ("{m}", "her daughter", "Comes on Tuesdays and Fridays; has the key"),
        (
            (0, 3, "Two falls in three months, and her daughter at the end of her strength."),
            (96, 2, "Safe at home with a carer in the mornings."),
        ),
        "She lives in her own house with a carer each morning, and has not fallen since the rails.",
        "The carer each morning, the button, and the lunch club on Tuesdays.",
        "No fall since last time. Her daughter has had two free weekends.",
        "I have my kitchen. That is what I wanted.",
    ),
    Arc(
        Programme.FAMILY_HELP,
        ("children",),
        (6, 9),
        "F",
        "We laugh a lot, and we all turn up for each other. Football on Saturdays.",
        "Mornings turn into shouting. School rings before ten.",
        "We sit down that evening, phones away, and do the list.",
        "Our family help worker, or the school’s pastoral office.",
        (
            Happened(-90, _T.SCHOOL, "Attendance fell below eighty per cent", "Mostly Mondays."),
            Happened(
                -20,
                _T.FAMILY,
                "Grandmother died",
                "She had done the school run.",
                "The mornings have had nobody since.",
                _S.SERIOUS,
            ),
            Happened(5, _T.SCHOOL, "Home, school and worker met", "All agreed on breakfast club."),
            Happened(28, _T.SCHOOL, "Nine mornings of ten in school"),
            Happened(
                44,
                _T.MENTAL_HEALTH,
                "Said at school that nobody talks about her gran",
                "To the teaching assistant she likes.",
                weight=_S.SERIOUS,
            ),
            Happened(
                52, _T.FAMILY, "Began to meet the bereavement worker", "Chose the room herself."
            ),
            Happened(90, _T.SCHOOL, "Attendance at ninety-four per cent"),
        ),
        (
            Wanted(
                "Get up and out without a fight",
                _A.FAMILY_LIFE,
                ("Five calm mornings", "Attendance above ninety per cent"),
                (
                    ("Lay clothes out the night before", "person"),
                    ("Set up breakfast club with the school", "lead"),
                    ("Walk them on Mondays", "member"),
                ),
                "improved",
            ),
            Wanted(
                "Talk about Gran",
                _A.FAMILY_LIFE,
                ("A box with her things made",),
                (("Ask the bereavement worker for a place", "lead"),),
                "improved",
            ),
        ),
        (
            (How.VISIT, "All at home. The list is on the fridge.", "Mum smiled at the list."),
            (How.MEETING, "School, Mum and worker: what works on a Monday.", ""),
            (How.PHONE, "Mum: three good mornings in a row.", "I am not dreading it any more."),
            (How.VISIT, "Seen alone for half an hour; we drew.", "I like that I can choose when."),
        ),
        (
            (_I.PARENTING, "children", "Mornings and evenings, eight weeks"),
            (_I.SCHOOL_ATTENDANCE, "Harrowmoss Primary School", "Breakfast club"),
            (_I.THERAPY, "Rainbow bereavement project", "Six meetings"),
        ),
        ("{m}", "their uncle", "Walks them to school on Mondays"),
        (
            (0, 2, "Attendance and a loss; the family asked for help."),
            (97, 1, "Mornings work; school sees them to the end."),
        ),
        "Attendance is at ninety-four per cent and has stayed there; they speak of Gran.",
        "{m} on Mondays, breakfast club, and the teaching assistant she likes.",
        "Attendance is up by fourteen points.",
        "Mornings are just mornings now.",
        family=True,
    ),
    Arc(
        Programme.TRANSFORMING_LIVES,
        ("police", "adult_care", "housing"),
        (28, 58),
        "M",
        "My daughter sees me sober. Fishing. Knowing what day it is.",
        "I stop answering. I drink in the mornings.",
        "I ring before I go out. I go to the drop-in, whatever time.",
        "My worker until eight, then the crisis line on 01632 960 777.",
        (
            Happened(-300, _T.FAMILY, "Marriage ended; moved into one room", weight=_S.SERIOUS),
            Happened(
                -60,
                _T.HEALTH,
                "Fourth attendance at A&E in two months",
                "Each time after drinking; twice he left before he was seen.",
                weight=_S.SERIOUS,
            ),
            Happened(
                -31,
                _T.POLICE,
                "Hit outside the station and would not say by whom",
                "",
                "He thinks it is his own fault.",
                _S.SERIOUS,
                _R.VICTIM,
            ),
            Happened(
                -9,
                _T.POLICE,
                "Warned for shouting at ambulance staff",
                "",
                "Ashamed of it the next day.",
                _S.NOTABLE,
                _R.RESPONSIBLE,
            ),
            Happened(
                10,
                _T.SUBSTANCES,
                "Agreed to be seen by the recovery worker",
                "On the bench by the canal, not in the office.",
            ),
            Happened(40, _T.SUBSTANCES, "Nine days without a drink", "His own count, on the wall."),
            Happened(
                47,
                _T.SUBSTANCES,
                "Drank for a weekend",
                "Rang himself on the Monday.",
                "That he rang is the difference.",
                _S.SERIOUS,
            ),
            Happened(
                80, _T.FAMILY, "First supervised afternoon with his daughter", "They fed the ducks."
            ),
            Happened(130, _T.HEALTH, "No attendance at A&E for ninety days"),
        ),
        (
            Wanted(
                "See my daughter every week",
                _A.FAMILY_LIFE,
                ("One afternoon together", "Four in a row"),
                (
                    ("Ask the contact centre for Saturdays", "lead"),
                    ("Ring her on Wednesdays at six", "person"),
                ),
                "improved",
            ),
            Wanted(
                "Drink less, then not at all",
                _A.RECOVERY,
                ("Nine days", "Thirty days"),
                (
                    ("Meet the recovery worker on Tuesdays", "person"),
                    ("Be at the bench at ten", "lead"),
                    ("Go fishing with him on Sundays", "member"),
                ),
                "improved",
            ),
        ),
        (
            (
                How.VISIT,
                "Met by the canal. Clear, and frightened of the weekend.",
                "Weekends have no edges.",
            ),
            (
                How.PHONE,
                "Rang on the Monday and said it before I asked.",
                "I slipped. I am telling you first.",
            ),
            (How.VOICEMAIL, "No answer; said who I am by first name only.", ""),
            (
                How.VISIT,
                "Showed me the photograph from the ducks.",
                "She held my hand the whole time.",
            ),
            (How.MEETING, "Police liaison, recovery and he: what to do when it goes wrong.", ""),
        ),
        (
            (
                _I.SUBSTANCE_MISUSE,
                "Canal-side recovery project",
                "Tuesdays, and the drop-in at any time",
            ),
            (_I.MENTORING, "Second Chance mentors", "Sundays"),
            (_I.MENTAL_HEALTH, "gp", "Low mood; looked at each month"),
        ),
        ("{m}", "his mentor, a volunteer", "Takes him fishing on Sundays"),
        (
            (0, 3, "Two of the six characteristics, and three agencies needed."),
            (51, 4, "A weekend of drinking and threats to himself."),
            (75, 3, "Safe again; the plan for bad weekends holds."),
            (140, 2, "Ninety days without A&E."),
        ),
        "Ninety days without A&E; he sees his daughter every Saturday and counts the days himself.",
        "The recovery worker on Tuesdays, {m} on Sundays, the crisis line at night.",
        "Attendances at A&E: none since last time, four before that.",
        "I know what day it is.",
    ),
    Arc(
        Programme.INTEGRATED_CARE,
        ("gp",),
        (58, 88),
        "F",
        "Breathing well enough to sing. The choir is on Thursdays.",
        "I sleep in the chair. My ankles swell.",
        "I take the rescue pack and ring the nurse that morning.",
        "The practice nurse on 01632 960 120, before noon.",
        (
            Happened(
                -75,
                _T.HEALTH,
                "In hospital for eight days",
                "Lungs and heart at once.",
                weight=_S.SERIOUS,
            ),
            Happened(
                -14,
                _T.HEALTH,
                "Back in hospital for two nights",
                "Had stopped the water tablets: too far to the toilet.",
                "A commode would have saved both nights.",
                _S.SERIOUS,
            ),
            Happened(6, _T.HOME, "Commode and second handrail brought"),
            Happened(30, _T.HEALTH, "Breathing class begun", "Twelve weeks, on Mondays."),
            Happened(
                62,
                _T.HEALTH,
                "Used the rescue pack and stayed at home",
                "Rang the nurse at nine, as agreed.",
            ),
            Happened(100, _T.OTHER, "Sang with the choir again"),
        ),
        (
            Wanted(
                "Sing on Thursdays",
                _A.HEALTH,
                ("Breathing class done", "One rehearsal"),
                (
                    ("Go to the breathing class on Mondays", "person"),
                    ("Order the rescue pack", "lead"),
                    ("Drive her on Thursdays", "member"),
                ),
                "improved",
            ),
            Wanted(
                "Stay out of hospital for a year",
                _A.HEALTH,
                ("Plan for a bad morning agreed",),
                (
                    ("Weigh myself every morning", "person"),
                    ("Ring on Mondays", "lead"),
                ),
                "prevented",
            ),
        ),
        (
            (How.VISIT, "Chest clear at the bases; ankles down.", "I can get my shoes on."),
            (How.PHONE, "Weights steady all week.", ""),
            (
                How.VIDEO,
                "Nurse and she went through the rescue pack.",
                "So simple when you show me.",
            ),
            (How.VISIT, "Walked to the gate and back, talking.", "Thursday I sang the top line."),
        ),
        (
            (_I.NURSING, "gp", "Weights and breathing, weekly"),
            (_I.CARE_COORDINATION, "gp", "One call for hospital, practice and care"),
            (_I.CARE_AT_HOME, "adult_care", "Half an hour in the evening"),
        ),
        ("{m}", "her friend from the choir", "Drives on Thursdays"),
        (
            (0, 3, "Two stays in hospital within two months."),
            (98, 2, "Manages a bad morning at home."),
        ),
        "No night in hospital since the plan; sings on Thursdays.",
        "The practice nurse by telephone, the rescue pack, {m}’s car.",
        "No admission since last time.",
        "I had a bad morning and I knew what to do.",
    ),
    Arc(
        Programme.CHILDRENS_SOCIAL_CARE,
        ("children",),
        (3, 3),
        "M",
        "Bedtime stories, and nobody shouting at night.",
        "The little one stops sleeping in his own bed.",
        "We go to my mother’s, whatever the hour.",
        "Our social worker; at night the children’s line on 01632 960 400; 999 in danger.",
        (
            Happened(
                -50,
                _T.POLICE,
                "Police called by a neighbour to shouting at night",
                "",
                "The children were upstairs and awake.",
                _S.SERIOUS,
                _R.PRESENT,
            ),
            Happened(
                -12,
                _T.POLICE,
                "Called again; their father left that night",
                "",
                "",
                _S.SERIOUS,
                _R.PRESENT,
            ),
            Happened(
                2,
                _T.SAFETY,
                "Seen alone at nursery",
                "Drew the house with the door on the outside.",
                weight=_S.SERIOUS,
            ),
            Happened(14, _T.FAMILY, "Their mother asked for the locks to be changed"),
            Happened(33, _T.FAMILY, "Grandmother minds them on Fridays and Saturdays"),
            Happened(
                70,
                _T.SCHOOL,
                "Nursery: eats, plays, sleeps at rest time",
                meant="He did none of the three when we began.",
            ),
            Happened(120, _T.FAMILY, "Their father finished the programme he was sent to"),
        ),
        (
            Wanted(
                "Nights without fear",
                _A.SAFETY,
                ("Locks changed", "Eight quiet weeks"),
                (
                    ("Change the locks", "lead"),
                    ("Keep the plan by the telephone", "member"),
                    ("Have them on Fridays and Saturdays", "member"),
                ),
                "improved",
            ),
            Wanted(
                "See Dad, somewhere safe",
                _A.FAMILY_LIFE,
                ("One visit at the centre",),
                (("Book the contact centre", "lead"),),
                "maintained",
            ),
        ),
        (
            (
                How.VISIT,
                "The boy seen alone. He showed his new night light.",
                "The dragon one.",
            ),
            (How.VISIT, "Not expected; calm, tea on the table.", ""),
            (
                How.PHONE,
                "Mum: a letter came from their father; she did not open it.",
                "I rang you first.",
            ),
            (How.MEETING, "Core group: nursery, health visitor, grandmother, Mum.", ""),
        ),
        (
            (_I.DOMESTIC_ABUSE, "Safe Families service", "Their mother, weekly"),
            (_I.PARENTING, "children", "After the shouting"),
            (_I.NURSING, "gp", "Health visitor"),
        ),
        ("{m}", "their grandmother", "Has them on Fridays and Saturdays"),
        (
            (0, 4, "Two calls in two months with the children in the house."),
            (95, 3, "Safe at home; the plan has held for eight weeks."),
        ),
        "Eight quiet weeks became twenty; nursery sees a different boy.",
        "{m} at weekends, nursery’s key worker, the plan by the telephone.",
        "No call since last time. Nursery sees him play.",
        "He sleeps. So I sleep.",
        family=True,
    ),
    Arc(
        Programme.EARLY_HELP,
        ("fire", "housing", "adult_care"),
        (45, 79),
        "F",
        "Every one of these things has a use. My late husband’s tools above all.",
        "The hall gets too narrow for two.",
        "I clear the hall first, before anything else.",
        "My worker; the fire station will always come and look.",
        (
            Happened(
                -25,
                _T.FIRE,
                "Small fire at the cooker, put out by a neighbour",
                "Paper on the hob.",
                "Frightened her more than she says.",
                _S.SERIOUS,
            ),
            Happened(
                -10,
                _T.HOME,
                "Fire crew could not open the back door for bags",
                "Fitted two alarms.",
            ),
            Happened(
                9,
                _T.MENTAL_HEALTH,
                "Told the story of the tools",
                "He made every shelf in the house.",
            ),
            Happened(
                30,
                _T.HOME,
                "Hall cleared, by her, in four mornings",
                meant="She chose every single thing herself.",
            ),
            Happened(66, _T.FIRE, "Crew looked again: two ways out"),
            Happened(100, _T.OTHER, "Lent a plane and two saws through the skills swap"),
        ),
        (
            Wanted(
                "Two ways out of my house",
                _A.SAFETY,
                ("Hall clear", "Back door opens"),
                (
                    ("One bag every morning, my choice which", "person"),
                    ("Come on Wednesdays and hold the bags open", "lead"),
                ),
                "improved",
            ),
            Wanted(
                "His tools used by somebody who knows",
                _A.COMPANY,
                ("One tool lent",),
                (("Ask the skills swap who works wood", "lead"), ("Carry the heavy box", "member")),
                "improved",
            ),
        ),
        (
            (How.VISIT, "Sat in the one chair; listened.", "Nobody asked me about them before."),
            (How.VISIT, "The hall is a hall.", "I had forgotten the tiles."),
            (How.PHONE, "She rang to say the back door opens.", ""),
            (How.NOTE, "Do not hurry: after two bags she is done.", ""),
        ),
        (
            (_I.HOUSING_SUPPORT, "fire", "Alarms, and a look every quarter"),
            (_I.MENTORING, "Good Neighbours", "Wednesday mornings"),
        ),
        ("{m}", "her neighbour", "Carries what is heavy"),
        (
            (0, 2, "A fire, and one way out of the house."),
            (97, 1, "Two ways out, kept for a month."),
        ),
        "Two ways out of the house, kept clear for three months.",
        "{m} next door, the fire crew’s yearly look, the skills swap.",
        "The hall has stayed clear since last time.",
        "I like my hall.",
    ),
    Arc(
        Programme.SOCIAL_CARE,
        ("adult_care",),
        (19, 35),
        "M",
        "A job with animals, my own front door, gaming with my friends online.",
        "I stop eating breakfast and do not answer messages.",
        "I tell Sam at work, or my mum. I do not have to explain why.",
        "My social worker, or the team’s desk on 01632 960 311.",
        (
            Happened(
                -400,
                _T.HEALTH,
                "Autism diagnosed",
                "After a year of waiting.",
                "It explained school to him.",
            ),
            Happened(
                -15,
                _T.CARE,
                "Turned down by two services for having no learning disability",
                weight=_S.SERIOUS,
            ),
            Happened(
                7, _T.CARE, "Wrote his own part of the assessment", "Six pages; better than ours."
            ),
            Happened(
                26,
                _T.CARE,
                "Personal budget agreed",
                "Direct payment for a support worker of his choosing.",
            ),
            Happened(55, _T.MONEY, "Volunteers two mornings at the rescue centre"),
            Happened(110, _T.HOME, "Viewed a flat with his mother"),
            Happened(
                140,
                _T.MONEY,
                "Paid work at the rescue centre, ten hours",
                meant="First wage of his life.",
            ),
        ),
        (
            Wanted(
                "Work with animals, for money",
                _A.WORK_AND_LEARNING,
                ("Volunteer twice", "First wage"),
                (
                    ("Send the form to the rescue centre", "person"),
                    ("Explain quiet breaks to the centre", "lead"),
                ),
                "improved",
            ),
            Wanted(
                "My own front door",
                _A.INDEPENDENCE,
                ("Housing form sent", "One viewing"),
                (
                    ("Practise the bus with me on Saturdays", "member"),
                    ("Fill in the housing form", "person"),
                ),
                "maintained",
            ),
        ),
        (
            (How.EMAIL, "Agreed by e-mail, as he prefers.", "Please do not ring. Writing is fine."),
            (
                How.VISIT,
                "An hour in the garden; he chose the place.",
                "The rescue dogs do not do small talk.",
            ),
            (
                How.VIDEO,
                "Camera off, as agreed. Went through the budget line by line.",
                "It sums. I checked.",
            ),
            (How.MEETING, "Centre manager and he: quiet breaks, no surprises.", ""),
        ),
        (
            (_I.EMPLOYMENT, "Open Door work project", "A job coach, twice a month"),
            (_I.CARE_AT_HOME, "Support worker of his own choosing", "Six hours a week"),
        ),
        ("{m}", "his mother", "Practises the bus with him on Saturdays"),
        (
            (0, 2, "Needs that no one service would own."),
            (120, 1, "Works, and directs his own support."),
        ),
        "Paid work ten hours a week, and support that he directs himself.",
        "His support worker, the centre’s manager, his mother on Saturdays.",
        "From volunteering to a wage since last time.",
        "I am good at this.",
    ),
)
"""Eight kinds; each case takes one, leaves some of it out, and is at its own place in it."""

NAMES = {
    "his brother": ("Marek", "Leon", "Imran", "Craig", "Piotr", "Dwayne"),
    "her daughter": ("Denise", "Farida", "Maureen", "Beata", "Joy", "Claire"),
    "their uncle": ("Uncle Dan", "Uncle Yusuf", "Uncle Pete", "Uncle Tomasz", "Uncle Ravi"),
    "his mentor, a volunteer": ("Terry", "Winston", "Colin", "Bashir", "Graham"),
    "her friend from the choir": ("Olive", "Pauline", "Shanti", "Grace", "Krystyna"),
    "their grandmother": ("Gran", "Nani", "Babcia", "Nan"),
    "her neighbour": ("Kofi", "Stan", "Asif", "Jeanette", "Lech"),
    "his mother": ("Helen", "Nasreen", "Angela", "Ewa", "Marcia"),
}
"""What whoever helps may be called; {m} in the words above."""

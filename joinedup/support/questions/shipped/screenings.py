"""Social-care screening beside health needs, by the outcomes of the Care Act; and safety at home."""

from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.rules.asked import (
    NOT_KNOWN,
    Asked,
    AskedSection,
    Choice,
    ShownIf,
    yes_no,
)
from joinedup.support.questions.shipped.written import ShippedSet

_ABLE = (
    Choice("able", "Yes, without help"),
    Choice("needs_help", "Not without help"),
    Choice("pain", "Yes, but in pain, distress or anxiety"),
    Choice("danger", "Yes, but it puts them or others in danger"),
    Choice("slow", "Yes, but it takes far longer than usual"),
    Choice("not_wanted", "It does not arise"),
    Choice(NOT_KNOWN, "Not known"),
)


def _outcome(code: str, text: str, hint: str = "") -> Asked:
    return Asked(code, QuestionKind.ONE_OF, text, help=hint, required=True, choices=_ABLE)


SOCIAL_CARE = ShippedSet(
    code="social-care-screening",
    title="Screening for social care beside health",
    about="Asked where somebody comes for their health, to see whether an assessment under the Care Act "
    "should be offered. It hints; a professional decides and signs.",
    introduction="Ask about an ordinary week, with the help they have now left out.",
    source="The outcomes follow the Care and Support (Eligibility Criteria) Regulations 2014 (SI 2015/313), "
    "in force since 1 April 2015; the questions are written for this product.",
    licence="Law: Open Government Licence v3.0. Questions: their own words, free to use and to change here.",
    tested="Not tested yet. Record here with whom it was tried and how often a positive screening "
    "led to eligible needs.",
    sections=(
        AskedSection(
            "Health and daily life",
            "",
            (
                Asked(
                    "impairment",
                    QuestionKind.YES_NO,
                    "Do the difficulties come from a physical or mental impairment or illness?",
                    required=True,
                    choices=yes_no(means=("need:care",)),
                ),
                Asked(
                    "health-need",
                    QuestionKind.WORDS,
                    "Which health needs bring them here?",
                    help="In a few words, as they would say it.",
                ),
            ),
        ),
        AskedSection(
            "What they can do",
            "Can they do this?",
            (
                _outcome("nutrition", "Eat and drink well enough", "Shopping and cooking count."),
                _outcome("hygiene", "Wash themselves and their clothes"),
                _outcome("toilet", "Use the toilet when they need to"),
                _outcome("clothed", "Dress as the weather and the day ask"),
                _outcome("home-safely", "Move about the home safely", "Steps, kitchen, bathroom."),
                _outcome(
                    "habitable-home", "Keep the home clean, warm and safe to live in",
                    "Electricity, water and heating count.",
                ),
                _outcome("relationships", "See or speak to family and friends"),
                _outcome("work-learning", "Work, train, learn or volunteer, if they wish to"),
                _outcome("community", "Get out: shops, transport, faith, leisure"),
                _outcome("child", "Look after a child they are responsible for"),
            ),
        ),
        AskedSection(
            "What it does to them",
            "",
            (
                Asked(
                    "wellbeing",
                    QuestionKind.YES_NO,
                    "Does all this weigh heavily on their wellbeing?",
                    help="Their dignity, health, safety, control over the day, relationships and home.",
                    required=True,
                    choices=yes_no(),
                ),
                Asked(
                    "carer",
                    QuestionKind.YES_NO,
                    "Does somebody look after them unpaid?",
                    required=True,
                    choices=yes_no(),
                ),
                Asked(
                    "carer-copes",
                    QuestionKind.ONE_OF,
                    "Is whoever looks after them able and willing to go on?",
                    choices=(
                        Choice("yes", "Yes"),
                        Choice("with_help", "With some help", means=("need:carer",)),
                        Choice("no", "No", means=("need:carer",)),
                        Choice(NOT_KNOWN, "Not known"),
                    ),
                    shown_if=ShownIf("carer", ("yes",)),
                ),
                Asked(
                    "wants",
                    QuestionKind.WORDS,
                    "What do they want to be different?",
                    help="In their words.",
                ),
            ),
        ),
    ),
)  # fmt: skip

HOME_SAFETY = ShippedSet(
    code="home-safety",
    title="Safety at home",
    about="Asked on a visit or by phone, to see what would make a home safer.",
    introduction="Ask, look where you are let in, and write down only what you were told or saw.",
    source="Written for this product on the themes of a fire service’s home visit: alarms, escape, "
    "heat, electricity, smoking, falls.",
    licence="Its own words; free to use and to change here.",
    tested="Not tested with crews yet.",
    sections=(
        AskedSection(
            "Fire",
            "",
            (
                Asked(
                    "alarms", QuestionKind.ONE_OF, "Is there a working smoke alarm on every floor?",
                    required=True,
                    choices=(
                        Choice("all", "On every floor"),
                        Choice("some", "On some", means=("need:fire_safety",)),
                        Choice("none", "None works", means=("need:fire_safety", "urgent")),
                        Choice(NOT_KNOWN, "Not known"),
                    ),
                ),
                Asked(
                    "way-out", QuestionKind.YES_NO, "Could everybody get out without help?",
                    required=True,
                    choices=(
                        Choice("yes", "Yes"),
                        Choice("no", "No", means=("need:fire_safety",)),
                        Choice(NOT_KNOWN, "Not known"),
                    ),
                ),
                Asked(
                    "sources", QuestionKind.SEVERAL_OF, "Which of these are in use?",
                    choices=(
                        Choice("smoking", "Smoking indoors"),
                        Choice("open_fire", "An open fire or candles"),
                        Choice("portable_heater", "A portable heater"),
                        Choice("oxygen", "Home oxygen", means=("need:fire_safety",)),
                        Choice("emollient", "Skin creams that burn, and an air mattress or a smoker",
                               means=("need:fire_safety",)),
                        Choice("overloaded", "Overloaded sockets or damaged leads"),
                        Choice("none", "None of these"),
                    ),
                ),
                Asked(
                    "hoarding", QuestionKind.ONE_OF, "Are ways through the home blocked by belongings?",
                    choices=(
                        Choice("no", "No"),
                        Choice("some", "In places"),
                        Choice("badly", "So far that it is dangerous", trigger="self_neglect",
                               means=("need:fire_safety",)),
                    ),
                ),
            ),
        ),
        AskedSection(
            "Falls and warmth",
            "",
            (
                Asked(
                    "falls", QuestionKind.NUMBER, "How often has anybody fallen in the last 12 months?",
                    lowest=0, highest=365,
                ),
                Asked(
                    "warm", QuestionKind.YES_NO, "Can they keep the home warm enough?",
                    choices=(
                        Choice("yes", "Yes"),
                        Choice("no", "No", means=("need:money",)),
                        Choice(NOT_KNOWN, "Not known"),
                    ),
                ),
                Asked(
                    "cold-because", QuestionKind.SEVERAL_OF, "What stands in the way?",
                    choices=(
                        Choice("cost", "What it costs", means=("need:money",)),
                        Choice("heating", "The heating does not work", means=("need:housing",)),
                        Choice("damp", "Draughts or damp", means=("need:housing",)),
                    ),
                    shown_if=ShownIf("warm", ("no",)),
                ),
            ),
        ),
        AskedSection(
            "What else would help",
            "",
            (
                Asked(
                    "follow-up", QuestionKind.YES_NO, "Would they like somebody to be in touch?",
                    help="Their own yes, given to you. Without it nothing goes further.",
                    required=True,
                    choices=(Choice("yes", "Yes"), Choice("no", "No")),
                ),
                Asked(
                    "follow-up-about", QuestionKind.WORDS, "What about?",
                    shown_if=ShownIf("follow-up", ("yes",)),
                ),
            ),
        ),
    ),
)  # fmt: skip

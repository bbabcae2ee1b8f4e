"""What a post is told of, how it goes out, and what became of an e-mail."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How a notice goes out beside the page that lists it."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "at_once": "By e-mail at once",
            "daily": "In one e-mail a day, at 7 in the morning",
            "never": "On my notices page only",
        }[self.value]


class Outcome(StrEnum):
    """What became of an e-mail."""

    WAITING = "waiting"
    SENT = "sent"
    NOT_NEEDED = "not_needed"
    GIVEN_UP = "given_up"


class Failure(StrEnum):
    """Why one attempt to send failed; never the mail server's own words, which may quote the address."""

    NO_CONNECTION = "no_connection"
    REFUSED_FOR_NOW = "refused_for_now"
    REFUSED = "refused"
    SENDER_REFUSED = "sender_refused"
    NO_POST = "no_post"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "no_connection": "The mail server could not be reached",
            "refused_for_now": "The mail server put it off",
            "refused": "The mail server refuses this address",
            "sender_refused": "The mail server refuses what we send from or sign in with",
            "no_post": "The post has ended or its account is closed",
        }[self.value]

    @property
    def is_final(self) -> bool:
        """Whether trying again by itself would be no use."""
        return self in {Failure.REFUSED, Failure.NO_POST}


class NoticeKind(StrEnum):
    """What a notice is of. A room that tells of something new names it here; the words hold no data."""

    AGREEMENT_TO_SIGN = "agreement_to_sign"
    AGREEMENT_CHANGED = "agreement_changed"
    AGREEMENT_REVIEW_DUE = "agreement_review_due"
    AGREEMENT_CLOSED = "agreement_closed"
    SIGHT_LOST = "sight_lost"
    SAFETY_FACT_AT_RISK = "safety_fact_at_risk"
    BARRIER_ESCALATED = "barrier_escalated"
    CONSENT_CHANGED = "consent_changed"
    RESTRICTION_SET = "restriction_set"
    DISCLOSURE_ASKED = "disclosure_asked"
    EMERGENCY_ACCESS_USED = "emergency_access_used"
    EMERGENCY_ACCESS_TO_REVIEW = "emergency_access_to_review"
    EMERGENCY_ACCESS_REVIEWED = "emergency_access_reviewed"
    ADDRESS_RELEASE_ASKED = "address_release_asked"
    ADDRESS_RELEASE_ANSWERED = "address_release_answered"
    LOOKS_UNUSUAL = "looks_unusual"
    AUDIT_BROKEN = "audit_broken"
    POST_CHANGED = "post_changed"
    OWN_CODE_REVOKED = "own_code_revoked"
    SIGHT_DIFFERS = "sight_differs"
    ACCOUNT_TAKEN_OVER = "account_taken_over"
    HANDOVER_WAITS = "handover_waits"
    HANDOVER_ASKED = "handover_asked"
    HANDOVER_ANSWERED = "handover_answered"
    HANDOVER_TAKEN = "handover_taken"
    HANDOVER_RETURNED = "handover_returned"
    HANDOVER_WITHDRAWN = "handover_withdrawn"
    HANDOVER_SILENT = "handover_silent"
    HANDOVER_BECAME = "handover_became"
    DUTY_GIVEN = "duty_given"
    PASSED_ON_TOO_OFTEN = "passed_on_too_often"
    STEP_LATE = "step_late"
    COVER_SET = "cover_set"
    EXIT_RINGS = "exit_rings"
    EXIT_RINGS_NOBODY = "exit_rings_nobody"
    EXIT_ACKNOWLEDGED = "exit_acknowledged"
    EXIT_DECIDED = "exit_decided"
    EXIT_SILENT = "exit_silent"
    EXIT_LATE = "exit_late"
    RISK_PLAN_TO_REVIEW = "risk_plan_to_review"
    COMBINED_FACTORS = "combined_factors"
    SECTION_ASKED = "section_asked"
    OWN_WORDS = "own_words"
    SUBJECT_REQUEST = "subject_request"
    STORY_TO_PLACE = "story_to_place"
    HELD_TO_PLACE = "held_to_place"
    ITEM_TO_PLACE = "item_to_place"
    REFERRAL_MOVED = "referral_moved"
    REFERRAL_QUESTION = "referral_question"
    REFERRAL_ANSWERED = "referral_answered"
    REFERRAL_OF_SOMEBODY_ELSE = "referral_of_somebody_else"
    APPROVAL_ENDS = "approval_ends"
    SCHOOL_STEP = "school_step"
    STEP_DISAGREED = "step_disagreed"
    ADVICE_ASKED = "advice_asked"
    ADVICE_GIVEN = "advice_given"
    COORDINATION = "coordination"
    THRESHOLDS = "thresholds"
    PLAN_ACTION_YOURS = "plan_action_yours"
    CASE_REVIEW_LATE = "case_review_late"
    SIGN_OFF_ASKED = "sign_off_asked"
    SIGN_OFF_ANSWERED = "sign_off_answered"
    SUPERVISION_ASKED = "supervision_asked"
    CLOSING_WORD = "closing_word"
    MEETING_CALLED = "meeting_called"
    CHECK_ASKED = "check_asked"
    CHECK_LATE = "check_late"
    CHECK_RELEASED = "check_released"
    URGENT_ACTION = "urgent_action"
    MEETING_ACTION = "meeting_action"
    MEETING_ACTION_LATE = "meeting_action_late"
    MINUTES_TO_APPROVE = "minutes_to_approve"
    MINUTES_OUT = "minutes_out"
    CORRECTION_ASKED = "correction_asked"
    DECISION_TO_APPROVE = "decision_to_approve"
    DECISION_APPROVED = "decision_approved"
    SEAT_VACANT = "seat_vacant"
    LEAD_ASKED = "lead_asked"
    ALLOCATION_WAITS = "allocation_waits"
    ALLOCATION_ANSWERED = "allocation_answered"
    APPROACH_YOURS = "approach_yours"
    APPROACH_ENDED = "approach_ended"
    DECISION_FOLLOWED = "decision_followed"
    PANEL_QUEUE_FULL = "panel_queue_full"
    CASES_MOVED = "cases_moved"
    TRAINING_ENDS = "training_ends"
    AGENCY_LEAVES = "agency_leaves"
    DATA_BREACH = "data_breach"
    DATA_COMPLAINT = "data_complaint"
    RETENTION_RAN = "retention_ran"

    @property
    def about(self) -> "AboutKind":
        """Its words and its rules."""
        return _ABOUT[self]


@dataclass(frozen=True)
class AboutKind:
    """A kind's name among the preferences, its sentence on the page, and what may be chosen."""

    name: str
    sentence: str
    usual: How = How.AT_ONCE
    may_be_silenced: bool = False
    only_at_once: bool = False


_K = NoticeKind
_ABOUT = {
    _K.AGREEMENT_TO_SIGN: AboutKind(
        "Agreements to sign", "An agreement to share waits for your agency’s signature."
    ),
    _K.AGREEMENT_CHANGED: AboutKind(
        "Agreements changed", "An agreement to share has a new version.", How.DAILY, True
    ),
    _K.AGREEMENT_REVIEW_DUE: AboutKind(
        "Reviews due", "An agreement to share comes up for review; past that day somebody must accept it by name."
    ),
    _K.AGREEMENT_CLOSED: AboutKind(
        "Agreements closed", "An agreement to share has closed, and with it what it carried."
    ),
    _K.SIGHT_LOST: AboutKind(
        "What I no longer see", "Some of what you saw is no longer open to you.", How.DAILY, True
    ),
    _K.SAFETY_FACT_AT_RISK: AboutKind(
        "Safety facts at risk", "You would lose sight of a safety fact when an agreement closes."
    ),
    _K.BARRIER_ESCALATED: AboutKind(
        "Barriers to sharing", "A barrier to sharing has gone up to you to decide."
    ),
    _K.CONSENT_CHANGED: AboutKind(
        "Consent given, withdrawn or run out", "A person has changed what they agree to.", How.DAILY, True
    ),
    _K.RESTRICTION_SET: AboutKind(
        "Restrictions", "Who may see a record of your agency has been restricted."
    ),
    _K.DISCLOSURE_ASKED: AboutKind(
        "Disclosures asked of us", "Another agency asks for something that yours holds."
    ),
    _K.EMERGENCY_ACCESS_USED: AboutKind(
        "Emergency access used", "Emergency access was used on a record that your agency holds."
    ),
    _K.EMERGENCY_ACCESS_TO_REVIEW: AboutKind(
        "Emergency access to review", "A use of emergency access waits for your review."
    ),
    _K.EMERGENCY_ACCESS_REVIEWED: AboutKind(
        "My emergency access reviewed", "Your use of emergency access has been reviewed."
    ),
    _K.ADDRESS_RELEASE_ASKED: AboutKind(
        "Restricted addresses asked for", "Somebody asks for an address that your agency keeps restricted."
    ),
    _K.ADDRESS_RELEASE_ANSWERED: AboutKind(
        "Restricted addresses answered", "Your request about a restricted address has been answered."
    ),
    _K.LOOKS_UNUSUAL: AboutKind(
        "Unusual looks", "Looks at people’s records that are out of the usual wait to be read.", How.DAILY
    ),
    _K.AUDIT_BROKEN: AboutKind(
        "The audit does not verify", "The audit could not be verified. Tell whoever runs the system now."
    ),
    _K.POST_CHANGED: AboutKind(
        "My post", "Your post, or who manages or supervises it, has changed.", How.AT_ONCE, True
    ),
    _K.OWN_CODE_REVOKED: AboutKind(
        "Codes that I handed over", "A code to a person’s own page that you handed over has stopped working."
    ),
    _K.SIGHT_DIFFERS: AboutKind(
        "What is seen put right", "Somebody saw more or less than the facts allow; it has been put right."
    ),
    _K.ACCOUNT_TAKEN_OVER: AboutKind(
        "My account", "Somebody else changed how you sign in. If you did not ask for it, tell your administrator now."
    ),
    _K.HANDOVER_WAITS: AboutKind(
        "Hand-overs to us", "Somebody hands something over to your team: accept it, ask, or send it back."
    ),
    _K.HANDOVER_ASKED: AboutKind(
        "Questions about what I handed over", "You are asked about something that you handed over."
    ),
    _K.HANDOVER_ANSWERED: AboutKind(
        "Answers to my questions", "Your question about a hand-over has been answered."
    ),
    _K.HANDOVER_TAKEN: AboutKind(
        "What I handed over was taken on", "Something that you handed over has been taken on."
    ),
    _K.HANDOVER_RETURNED: AboutKind(
        "What I handed over came back", "Something that you handed over has come back, and is yours."
    ),
    _K.HANDOVER_WITHDRAWN: AboutKind(
        "Hand-overs withdrawn", "A hand-over to your team has been withdrawn.", How.DAILY, True
    ),
    _K.HANDOVER_SILENT: AboutKind(
        "Hand-overs without an answer", "A hand-over has had no answer in its time."
    ),
    _K.HANDOVER_BECAME: AboutKind(
        "What became of what I handed over", "You can read what became of something you handed over.", How.DAILY, True
    ),
    _K.REFERRAL_MOVED: AboutKind(
        "Referrals I sent", "Something became of a referral you sent.", How.DAILY, True
    ),
    _K.REFERRAL_QUESTION: AboutKind(
        "Questions about referrals I sent", "The front door asks something about a referral you sent."
    ),
    _K.REFERRAL_ANSWERED: AboutKind(
        "Answers about referrals", "Whoever sent a referral has answered what you asked."
    ),
    _K.REFERRAL_OF_SOMEBODY_ELSE: AboutKind(
        "Referrals of somebody else",
        "A referral that you answer for is not about the person it was taken to be about.",
    ),
    _K.APPROVAL_ENDS: AboutKind(
        "Approvals about to end", "An approval of yours, or of whoever you manage or supervise, is about to end."
    ),
    _K.SCHOOL_STEP: AboutKind(
        "Children of my schools", "The help for a child of a school that you answer for steps up or down."
    ),
    _K.STEP_DISAGREED: AboutKind(
        "Disagreements about steps", "A step up or down is disagreed about, and it is with you.",
        only_at_once=True,
    ),
    _K.ADVICE_ASKED: AboutKind(
        "Advice asked of my team", "Another team asks yours for advice about somebody it goes on working with."
    ),
    _K.ADVICE_GIVEN: AboutKind(
        "Advice I asked for", "The advice that you asked for has been given."
    ),
    _K.COORDINATION: AboutKind(
        "Who coordinates", "It is asked or settled which lead coordinates the cases of somebody you work with."
    ),
    _K.THRESHOLDS: AboutKind(
        "Threshold document",
        "A version of the threshold document or of a pathway waits to be read, or holds from now on.",
        How.DAILY,
    ),
    _K.PASSED_ON_TOO_OFTEN: AboutKind(
        "People passed on too often", "Somebody has been passed on too often before help began."
    ),
    _K.DUTY_GIVEN: AboutKind(
        "What I answer for", "You answer for something from now on."
    ),
    _K.STEP_LATE: AboutKind(
        "What is late", "A step that you answer for is past its time."
    ),
    _K.COVER_SET: AboutKind(
        "Whom I stand in for", "You stand in for somebody who is away."
    ),
    _K.EXIT_RINGS: AboutKind(
        "Somebody is in danger", "Somebody is in danger and you are rung. Open it and say that you have it.",
        only_at_once=True,
    ),
    _K.EXIT_RINGS_NOBODY: AboutKind(
        "Nobody answers for somebody in danger",
        "Somebody is in danger and no post answers for it. Ring the duty line, then appoint a safeguarding lead.",
        only_at_once=True,
    ),
    _K.EXIT_ACKNOWLEDGED: AboutKind(
        "Somebody has what I raised", "A named person has the person in danger whom you told of."
    ),
    _K.EXIT_DECIDED: AboutKind(
        "What I raised is decided", "It was decided what is done about the person in danger whom you told of."
    ),
    _K.EXIT_SILENT: AboutKind(
        "No word of what I raised", "You have heard nothing for three working days. Read what to do now.",
        only_at_once=True,
    ),
    _K.EXIT_LATE: AboutKind(
        "Late for somebody in danger", "A decision or a record about somebody in danger is late."
    ),
    _K.COMBINED_FACTORS: AboutKind(
        "What bears on a child", "Something your agency holds may bear on a child. Read it and decide.",
        only_at_once=True,
    ),
    _K.SECTION_ASKED: AboutKind(
        "Sections to write", "You are asked to write and sign a section of an assessment."
    ),
    _K.OWN_WORDS: AboutKind(
        "Words from a person’s own page", "Somebody you help has written on their own page."
    ),
    _K.SUBJECT_REQUEST: AboutKind(
        "People asking for what is held on them",
        "Somebody asks for everything that your agency holds on them. A clock runs.",
    ),
    _K.RISK_PLAN_TO_REVIEW: AboutKind(
        "Warning notes to review", "A warning note is due for review, or is past it.", How.DAILY
    ),
    _K.HELD_TO_PLACE: AboutKind(
        "What we hold of two people",
        "Somebody turned out to be two people: say of which is what your agency holds.",
    ),
    _K.ITEM_TO_PLACE: AboutKind(
        "Panel items of two people",
        "Somebody on a panel’s list turned out to be two people: say whom the item is about.",
    ),
    _K.STORY_TO_PLACE: AboutKind(
        "Cases of two people", "A person of a case turned out to be two: say to whom each entry belongs."
    ),
    _K.PLAN_ACTION_YOURS: AboutKind(
        "Actions of plans that are mine", "An action of a plan is yours to do.", How.DAILY
    ),
    _K.CASE_REVIEW_LATE: AboutKind(
        "Reviews of cases that are late", "A case is past the day by which it was to be reviewed."
    ),
    _K.SIGN_OFF_ASKED: AboutKind(
        "Work to sign off", "Somebody’s work at a case waits for you to sign it off."
    ),
    _K.SIGN_OFF_ANSWERED: AboutKind(
        "My work signed off", "Your work at a case has been signed off or sent back.", How.DAILY
    ),
    _K.SUPERVISION_ASKED: AboutKind(
        "Supervision asked of me", "Somebody you supervise asks you to look at their work at a case."
    ),
    _K.CLOSING_WORD: AboutKind(
        "Words from cases that closed", "Another agency tells you what became of a patient of yours.", How.DAILY
    ),
    _K.MEETING_CALLED: AboutKind(
        "Meetings I sit at", "A meeting that you sit at is called, or its agenda has changed.", How.DAILY
    ),
    _K.CHECK_ASKED: AboutKind(
        "Checks before a meeting", "A panel asks what your agency knows before it meets."
    ),
    _K.CHECK_LATE: AboutKind(
        "Checks not answered yet", "A panel meets soon and your agency has not answered its checks."
    ),
    _K.CHECK_RELEASED: AboutKind(
        "Checks opened to me", "An agency has opened to you what it answered to a panel.", How.DAILY, True
    ),
    _K.URGENT_ACTION: AboutKind(
        "Urgent action of a chair", "The chair of a panel needs your word on something that cannot wait.",
        only_at_once=True,
    ),
    _K.MEETING_ACTION: AboutKind(
        "Actions from meetings", "A meeting has given you something to do."
    ),
    _K.MEETING_ACTION_LATE: AboutKind(
        "Actions from meetings that are late", "Something that a meeting gave you is past its day.", How.DAILY
    ),
    _K.MINUTES_TO_APPROVE: AboutKind(
        "Minutes to approve", "Minutes of a meeting that you chaired wait for you."
    ),
    _K.MINUTES_OUT: AboutKind(
        "Minutes", "Minutes of a meeting that you sat at can be read and corrected.", How.DAILY
    ),
    _K.CORRECTION_ASKED: AboutKind(
        "Corrections to minutes", "A correction to minutes is asked for, or has been answered.", How.DAILY
    ),
    _K.DECISION_TO_APPROVE: AboutKind(
        "Decisions my agency must approve", "What a panel decided waits for your agency’s own approval."
    ),
    _K.DECISION_APPROVED: AboutKind(
        "Decisions that agencies approve",
        "Every agency has approved what your panel decided, or one has refused it.",
    ),
    _K.SEAT_VACANT: AboutKind(
        "Seats that my agency fills", "A panel asks your agency who is to sit on it.", How.DAILY
    ),
    _K.LEAD_ASKED: AboutKind(
        "Questions to me as professional lead", "Somebody asks for your professional advice."
    ),
    _K.ALLOCATION_WAITS: AboutKind(
        "Allocations to my agency", "A panel has allocated somebody to your agency. Name who leads."
    ),
    _K.ALLOCATION_ANSWERED: AboutKind(
        "Allocations answered", "An agency has answered an allocation of your panel."
    ),
    _K.APPROACH_YOURS: AboutKind(
        "First approaches", "A first approach to somebody is yours to make."
    ),
    _K.APPROACH_ENDED: AboutKind(
        "How first approaches ended", "A first approach that your panel asked for has ended.", How.DAILY
    ),
    _K.DECISION_FOLLOWED: AboutKind(
        "What became of decisions", "What became of a decision of your panel can be read.", How.DAILY, True
    ),
    _K.PANEL_QUEUE_FULL: AboutKind(
        "Queues that fill",
        "Your panel’s queue will be longer than its meetings can take, or a meeting has left items"
        " for the next.",
        How.DAILY,
    ),
    _K.CASES_MOVED: AboutKind(
        "Cases moved between teams", "Cases that you lead or manage are moved to another team."
    ),
    _K.TRAINING_ENDS: AboutKind(
        "Training about to end", "A training of yours, or of whoever you manage, is about to end.", How.DAILY
    ),
    _K.AGENCY_LEAVES: AboutKind(
        "Agencies that leave", "An agency leaves the partnership, or stays after all: see what is to be settled."
    ),
    _K.DATA_BREACH: AboutKind(
        "Breaches of personal data",
        "Somebody’s data got out, was lost or was changed. A clock of 72 hours runs.",
        only_at_once=True,
    ),
    _K.DATA_COMPLAINT: AboutKind(
        "Complaints about data",
        "Somebody complains about what your agency did with their data. It is to be acknowledged within 30 days.",
    ),
    _K.RETENTION_RAN: AboutKind(
        "Retention of what was deleted",
        "Your agency’s retention ran: copies outside wait to be destroyed by hand, or it could not run.",
        How.DAILY,
    ),
}  # fmt: skip

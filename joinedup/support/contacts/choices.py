"""How contact is made, who was seen, what a person needs to be understood and to be safe (P32)."""

from enum import StrEnum


class Channel(StrEnum):
    """A way to somebody, which a safe-contact profile may forbid."""

    VISIT = "visit"
    MEETING = "meeting"
    PHONE = "phone"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    VIDEO = "video"
    LETTER = "letter"
    OTHERS = "others"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "visit": "Visit at home",
            "meeting": "Meeting somewhere else",
            "phone": "Phone call",
            "voicemail": "Voicemail",
            "text": "Text message",
            "email": "E-mail",
            "video": "Video call",
            "letter": "Letter",
            "others": "Through family, a neighbour or a friend",
        }[self.value]


class How(StrEnum):
    """What sort of contact it was; a note and an appointment are recorded beside the rest."""

    VISIT = "visit"
    MEETING = "meeting"
    PHONE = "phone"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    VIDEO = "video"
    LETTER = "letter"
    OTHERS = "others"
    APPOINTMENT = "appointment"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        if self is How.NOTE:
            return "Note, without contact"
        if self is How.APPOINTMENT:
            return "Appointment made"
        return Channel(self.value).label

    @property
    def channel(self) -> Channel | None:
        """The way it took to the person; a note takes none, nor does an appointment by itself."""
        return None if self in {How.NOTE, How.APPOINTMENT} else Channel(self.value)

    @property
    def is_face_to_face(self) -> bool:
        """Whether somebody can be seen, or not be seen, at such a contact."""
        return self in {How.VISIT, How.MEETING, How.VIDEO}


class Seen(StrEnum):
    """Whether the person was seen, and whether alone: what a child's record turns upon."""

    SEEN = "seen"
    SEEN_ALONE = "seen_alone"
    NOT_SEEN = "not_seen"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "seen": "Seen, with somebody else there",
            "seen_alone": "Seen alone",
            "not_seen": "Not seen",
            "not_applicable": "Nobody can be seen at such a contact",
        }[self.value]


class Need(StrEnum):
    """What a person needs to understand and be understood: asked once, shown at every contact (S3-15)."""

    BSL = "bsl"
    DEAFBLIND = "deafblind"
    LIPREADING = "lipreading"
    TEXT_RELAY = "text_relay"
    LANGUAGE = "language"
    READING = "reading"
    LARGE_PRINT = "large_print"
    BRAILLE = "braille"
    AUDIO = "audio"
    SIGNS_AND_PICTURES = "signs_and_pictures"
    MORE_TIME = "more_time"
    ADVOCATE = "advocate"
    OTHER = "other"
    NONE = "none"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "bsl": "British Sign Language interpreter",
            "deafblind": "Deafblind interpreter or communicator guide",
            "lipreading": "Lipreads: face them, and speak clearly",
            "text_relay": "Calls by text relay (Relay UK)",
            "language": "Interpreter of another language",
            "reading": "Finds reading hard: easy words, or read aloud",
            "large_print": "Large print",
            "braille": "Braille",
            "audio": "Recorded sound instead of print",
            "signs_and_pictures": "Signs or pictures, such as Makaton",
            "more_time": "More time, and a quiet place",
            "advocate": "An advocate or a supporter to be there",
            "other": "Something else",
            "none": "Asked: nothing is needed",
        }[self.value]

    @property
    def wants_words(self) -> bool:
        """Whether the need says nothing until it is put in words: which language, what else."""
        return self in {Need.LANGUAGE, Need.OTHER}

"""Question sets in versions, what each asks, and what was answered."""

from joinedup.support.questions.models.answer import Answer
from joinedup.support.questions.models.question_set import QuestionSet, SetVersion
from joinedup.support.questions.models.written import Question, Section

__all__ = ["Answer", "Question", "QuestionSet", "Section", "SetVersion"]

"""What is told to a person in a sentence, in two kinds, and by them a command ends with 1 or with 2."""


class ProblemError(Exception):
    """Something was found, or could not be done: the message says what, where, and what to do about it."""


class NotUnderstoodError(ProblemError):
    """What was typed cannot be understood, or is not there; the message says what can be written instead."""

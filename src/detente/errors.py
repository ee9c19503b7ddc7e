"""What can go wrong, as types: each names the input that caused it and reaches the user as one line."""


class DetenteError(Exception):
    """Base of all errors a user can cause or mend; `str(error)` is one line that says what is wrong and where."""


class BadInput(DetenteError):
    """A file, URL, option or line that cannot be used as given."""


class UnknownActor(DetenteError):
    """An actor id or name that the catalogue does not hold."""


class NotThere(DetenteError):
    """Something asked for by its id that the record does not hold."""


class RecordError(DetenteError):
    """A record that cannot be opened, read or written."""


class Refused(DetenteError):
    """A fetch that the safety or politeness rules do not allow."""


class DeskError(DetenteError):
    """A desk (accounts, comments, moderation) that cannot be opened, read or written."""


class NotAllowed(DetenteError):
    """Something that a person may not do at the desk, or not any more; the message is a sentence for that person."""

"""Errors that a user can cause or mend; anything else is a bug."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.model.messages import Message


class AnelloError(Exception):
    """Base of every expected error; carries a translatable message."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle through the message, so that the error crosses processes whole."""
        return (_restore, (type(self), self.__dict__.copy()))


class InputError(AnelloError):
    """The request or its data cannot be used; ``uids`` names the objects at fault."""

    def __init__(self, message: Message, uids: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.uids = tuple(uids)


class Infeasible(AnelloError):
    """No answer exists; ``reasons`` says which conditions exclude one another."""

    def __init__(self, message: Message, reasons: Sequence[Message] = ()) -> None:
        super().__init__(message)
        self.reasons = tuple(reasons)


class ProjectError(AnelloError):
    """The project file cannot be opened, read or written."""

    def __init__(self, message: Message, path: Path | str | None = None) -> None:
        super().__init__(message)
        self.path = None if path is None else str(path)


class ExchangeError(AnelloError):
    """A file could not be imported or exported; names the file and, if known, the row."""

    def __init__(
        self, message: Message, path: Path | str | None = None, row: int | None = None
    ) -> None:
        super().__init__(message)
        self.path = None if path is None else str(path)
        self.row = row


class EngineMissing(AnelloError):
    """An optional engine is not installed; the message says how to get it."""


class Cancelled(Exception):
    """Raised inside ``progress`` when the user has asked to stop."""


def _restore(kind: type[AnelloError], state: dict[str, object]) -> AnelloError:
    error = kind.__new__(kind)
    Exception.__init__(error, str(state["message"]))
    error.__dict__.update(state)
    return error

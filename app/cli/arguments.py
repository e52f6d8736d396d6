"""Arguments of commands turned into values, or refused with what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from app.model.codes import CHOOSABLE_TECHNIQUES, STATUSES, STATUSES_IN_USE
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

_MOST_EUR = 10**12
"""More than any programme has; what is written with more digits is a slip."""


def pairs(items: Sequence[str] | None, option: str) -> dict[str, str]:
    """Return ``name=value`` arguments of ``option`` as a mapping."""
    found: dict[str, str] = {}
    for item in items or ():
        name, sign, value = item.partition("=")
        if not sign or not name.strip():
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{option} wants name=value, not “{item}”"),
                    option=option,
                    item=item,
                )
            )
        found[name.strip()] = value.strip()
    return found


def require(value: str, choices: Sequence[str], option: str) -> None:
    """Raise `InputError` unless ``value`` is one of ``choices``."""
    if value not in choices:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{option}: “{value}” is none of {choices}"),
                option=option,
                value=value,
                choices=", ".join(choices),
            )
        )


def given(value: str | None, option: str) -> str:
    """Return the value of an option that this command needs."""
    if not value:
        raise InputError(message(QT_TRANSLATE_NOOP("core", "{option} is needed"), option=option))
    return value


def euro(text: str, option: str) -> Decimal:
    """Return the amount that an option gives, 0 or more, with a decimal point or comma."""
    found = _number(text)
    if not found.is_finite() or not 0 <= found <= _MOST_EUR:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{option} wants euro, not “{value}”"),
                option=option,
                value=text,
            )
        )
    return found


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return Decimal("NaN")


def number(text: str, option: str) -> Decimal:
    """Return the number that an option gives, with a decimal point or comma."""
    found = _number(text)
    if not found.is_finite():
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{option} wants a number, not “{value}”"),
                option=option,
                value=text,
            )
        )
    return found


def techniques(named: Sequence[str] | None, option: str) -> tuple[str, ...]:
    """Return the techniques named, several options or separated by commas."""
    chosen = [part.strip() for item in named or () for part in item.split(",")]
    for technique in chosen:
        require(technique, CHOOSABLE_TECHNIQUES, option)
    return tuple(chosen)


def assignments(items: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """Return the sites and hubs of ``SITE=HUB`` arguments."""
    return tuple(sorted(pairs(items, "--assign").items()))


def statuses(named: Sequence[str] | None) -> tuple[str, ...]:
    """Return the statuses named, several options or separated by commas; default: in use."""
    chosen = [part.strip() for item in named or () for part in item.split(",")]
    for status in chosen:
        require(status, STATUSES, "--status")
    return tuple(chosen) or STATUSES_IN_USE

"""Logs as events with fields; never a name, a date of birth, an NHS number or free text."""

import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def _where_it_failed(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Say what kind of error it was and where, without its message: the database quotes rows in it."""
    failed = event.pop("exc_info", None)
    error = failed[1] if isinstance(failed, tuple) else failed
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _where_it_failed,
]


def set_up() -> None:
    """Send structlog's events through the standard library: one place decides their form."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def logging_settings(*, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING: one line an event on stderr, JSON in production."""
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "event": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"joinedup": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
    }

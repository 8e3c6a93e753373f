"""The tables, one file a subject. Importing this package declares them all."""

from storage.models import (
    alert_trail,
    alerts,
    announcements,
    checkins,
    consents,
    houses,
    invites,
    keys,
    leases,
    memberships,
    outbox,
    people,
    plans,
    practices,
    progress,
    prompts,
    recipients,
    schedules,
    settings,
    timers,
    updates,
)
from storage.types import Row

metadata = Row.metadata

__all__ = [
    "alert_trail",
    "alerts",
    "announcements",
    "checkins",
    "consents",
    "houses",
    "invites",
    "keys",
    "leases",
    "memberships",
    "metadata",
    "outbox",
    "people",
    "plans",
    "practices",
    "progress",
    "prompts",
    "recipients",
    "schedules",
    "settings",
    "timers",
    "updates",
]

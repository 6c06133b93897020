"""The bureau's own numbers: terms, minimum group, thresholds; every one a setting with its sentence in config.yaml."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """Days are calendar days unless the name says working days."""

    change_term_days: int = 7
    minimum_group: int = 5
    callback_working_days: int = 1
    fix_working_days: int = 5
    objection_working_days: int = 5
    objections_a_day: int = 3
    burst_minutes: int = 15
    burst_ratings: int = 10
    places_a_day: int = 5
    same_note: int = 4
    conversation_minutes: int = 10
    inbox_days: int = 3
    forget_days: int = 30
    session_days: int = 7


STANDARD = Policy()

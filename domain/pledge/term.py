"""公示期限: a campaign's pledges are public until thirty days after its end, and no longer; the office keeps the row (P11).

What is published after the campaign's last day, as from a notice of another year, has its own course: it counts from its own deadline,
and stands as long as it has none.
"""

from datetime import date, timedelta

from domain.errors import WrongMoment

AFTER_END = timedelta(days=30)


class PublicityOver(WrongMoment):
    code = "publicity_over"
    sentence = "“{campaign}”已经结束，承诺公示到{until}为止，现在不再公开。要了解情况，请到大厅咨询。"


def public_until(ends_on: date, published_on: date | None, deadline: date | None) -> date:
    """The last day on which a pledge of a campaign that ends on this day is shown."""
    if published_on is None or published_on <= ends_on:
        return ends_on + AFTER_END
    return max(published_on, deadline) + AFTER_END if deadline else date.max


def shown_since(today: date) -> date:
    """What ended before this day is no longer shown today."""
    return today - AFTER_END

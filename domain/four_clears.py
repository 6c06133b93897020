"""四明确 four_clears: 明确内容、明确措施、明确标准、明确时限 (平建党发[2010]8号, 第二阶段)."""

from datetime import date

from domain.errors import ClearsMissing

_NAMES = {"content": "内容", "measures": "措施", "standard": "标准", "deadline": "时限"}


def check(content: str, measures: str, standard: str, deadline: date | None) -> None:
    """Raise `ClearsMissing` naming every one of the four that is empty."""
    given = {"content": content.strip(), "measures": measures.strip(), "standard": standard.strip(), "deadline": deadline}
    missing = [_NAMES[key] for key, value in given.items() if not value]
    if missing:
        raise ClearsMissing(missing="、".join(missing))

"""遮盖: phones, identity numbers and plates inside free text, before anybody but the handler reads it (P15)."""

import re

_ID = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[-－ ]?\d{3,4}(\d{4})(?!\d)")
_PLATE = re.compile(r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·\s]?[A-Z0-9]{4}([A-Z0-9]{1,2})")


def masked_text(text: str) -> str:
    """“138****5678”: who reads it sees that there was a number, and not which."""
    text = _ID.sub(r"\1***********\2", text)
    text = _MOBILE.sub(r"\1****\2", text)
    text = _LANDLINE.sub(r"\1-****\2", text)
    return _PLATE.sub(r"\1****\2", text)

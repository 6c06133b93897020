"""Bodies that no rating is made of: each kind of wrong value, whole bodies that are wrong, names that stand twice (R18)."""

from collections.abc import Iterator
from itertools import product

VALUES = {
    "2.5": "2.5",
    "quoted": '"3"',
    "true": "true",
    "false": "false",
    "null": "null",
    "minus": "-1",
    "zero": "0",
    "six": "6",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-Infinity": "-Infinity",
    "1e999": "1e999",
    "huge": "9" * 5000,
    "minus huge": "-" + "9" * 5000,
    "65 bits": str(2**64),
    "array": "[3]",
    "object": '{"level": 3}',
    "empty": '""',
    "lone surrogate": '"\\ud800"',
    "other half": '"\\udc00x"',
    "NUL": '"a\\u0000b"',
    "long": '"' + "长" * 501 + '"',
    "tags": '["没有这个原因"]',
    "nested": "[" * 40 + "]" * 40,
}
"""Kinds of value, none of which is right for any of the fields below, but for those in FITTING."""
FIELDS = {"level": "满意程度", "window_id": "窗口", "code": "二维码", "tags": "评价原因", "text": "说明", "privacy": "公开方式"}
FITTING = {("text", "quoted"), ("text", "empty"), ("window_id", "six"), ("code", "quoted")}


def bodies() -> Iterator[tuple[str, str]]:
    """(field, body): each kind of value in each field of an otherwise good rating."""
    for name, kind in product(FIELDS, VALUES):
        if (name, kind) not in FITTING:
            good = {"level": "5"} if name in ("window_id", "code") else {"window_id": "1", "level": "5"}
            yield name, "{" + ", ".join(f'"{key}": {value}' for key, value in (good | {name: VALUES[kind]}).items()) + "}"


WHOLE = {
    "empty": b"",
    "blank": b"   ",
    "word": b"level=5",
    "null": b"null",
    "true": b"true",
    "number": b"5",
    "text": b'"5"',
    "array": b"[]",
    "array of one": b'[{"level":5}]',
    "cut": b'{"level": 5',
    "two": b'{"window_id":1,"level":5}{"window_id":1,"level":5}',
    "trailing comma": b'{"window_id":1,"level":5,}',
    "single quotes": b"{'window_id':1,'level':5}",
    "comment": b'{"window_id":1,"level":5}//x',
    "bare names": b"{window_id:1,level:5}",
    "byte order mark": b'\xef\xbb\xbf{"window_id":1,"level":5}',
    "UTF-16": '{"window_id":1,"level":5}'.encode("utf-16"),
    "GBK": '{"window_id":1,"level":5,"text":"好"}'.encode("gbk"),
    "broken UTF-8": b'{"window_id":1,"level":5,"text":"\xff\xfe"}',
    "surrogate bytes": b'{"window_id":1,"level":5,"text":"\xed\xa0\x80"}',
    "raw NUL": b'{"window_id":1,"level":5,"text":"\x00"}',
    "raw line end": b'{"window_id":1,"level":5,"text":"a\nb"}',
    "bad escape": b'{"window_id":1,"level":5,"text":"\\x41"}',
    "leading zero": b'{"window_id":01,"level":5}',
    "plus": b'{"window_id":+1,"level":5}',
    "hex": b'{"window_id":0x1,"level":5}',
    "deep array": b"[" * 60000,
    "deep object": b'{"a":' * 10000 + b"1" + b"}" * 10000,
    "empty object": b"{}",
    "many names": b"{" + b",".join(b'"n%d":1' % n for n in range(5000)) + b"}",
    "XML": b"<xml><level>5</level></xml>",
}
TWICE = {
    "level": '{"window_id":1,"level":5,"level":1}',
    "level again the same": '{"window_id":1,"level":5,"level":5}',
    "window": '{"window_id":1,"window_id":2,"level":5}',
    "escaped": '{"window_id":1,"level":5,"l\\u0065vel":1}',
    "strange": '{"window_id":1,"level":5,"\\ud800":1,"\\ud800":2}',
    "nested": '{"window_id":1,"level":5,"x":{"level":1,"level":2}}',
}

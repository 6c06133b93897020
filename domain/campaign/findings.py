"""Findings: what is wrong in a campaign file, at which line, and what to write instead."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from domain.late import Late
from domain.quoting import inner

process = Late("rapidfuzz.process")
Severity = Literal["error", "warning"]
MOST = 100
"""More findings than this help nobody; the rest shows after the first are mended."""

_SEVERITY_WORDS = {"error": "错误", "warning": "提醒"}
_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at. `line` counts from 1; a campaign with an error is not loaded, warnings do not stop it."""

    file: str
    line: int
    severity: Severity
    message: str


@dataclass
class Report:
    """Collects findings of one file, at most `MOST`."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def error(self, line: int, message: str) -> None:
        self._add(line, "error", message)

    def warning(self, line: int, message: str) -> None:
        self._add(line, "warning", message)

    @property
    def refused(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    def in_order(self) -> list[Finding]:
        """By line, errors before warnings, each once."""
        return sorted(set(self.findings))

    def _add(self, line: int, severity: Severity, message: str) -> None:
        if len(self.findings) < MOST:
            self.findings.append(Finding(self.file, line, severity, message))
        elif len(self.findings) == MOST:
            self.findings.append(Finding(self.file, line, "error", "问题太多，其余的没有列出。请先改好以上各处，再检查一次"))


def render_findings(findings: Sequence[Finding]) -> str:
    """The findings as the office reads them: one line each with file and line, then how many there are."""
    errors = sum(finding.severity == "error" for finding in findings)
    lines = [f"{item.file} 第{item.line}行 {_SEVERITY_WORDS[item.severity]}：{_ended(item.message)}" for item in findings]
    if not findings:
        return "检查通过，没有发现问题。"
    verdict = "请改好错误后再检查一次。" if errors else "没有错误，可以载入；提醒请核对一遍。"
    return "\n".join([*lines, f"共{errors}处错误、{len(findings) - errors}处提醒。{verdict}"])


def _ended(message: str) -> str:
    return message if message.endswith(("？", "。")) else f"{message}。"


def quoted(value: str) -> str:
    """A value of the file in quotation marks, cut short, with nothing that could harm a terminal or a log line."""
    plain = re.sub(r"\s+", " ", "".join(" " if unicodedata.category(char)[0] == "C" else char for char in value[: _LONGEST_QUOTE * 4])).strip()
    return f"“{inner(plain[:_LONGEST_QUOTE])}…”" if len(plain) > _LONGEST_QUOTE else f"“{inner(plain)}”"


def nearest(said: str, known: Iterable[str]) -> str:
    """“，是不是想写 …？” when a known word is near, else the list of known words; empty when nothing is known."""
    words = list(known)
    match = process.extractOne(said[:_LONGEST_QUOTE], words, score_cutoff=60) if words else None
    if match:
        return f"，是不是想写“{inner(match[0])}”？"
    return f"，可以写：{'、'.join(words[:12])}" if words else ""

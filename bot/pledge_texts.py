"""What the bot says about 承诺: writing one step by step, one's own, and reviewing."""

from collections.abc import Iterable, Sequence

from domain.four_clears import SAMPLE, Hint
from domain.pledge.wording import Wording, spoken
from services.pledge_records import Line, Record
from services.pledge_reviews import Item, Outcome

NO_CAMPAIGN = "还没有载入活动，暂时不能起草承诺，请联系活动办公室。"
ASK = {
    "content": "现在开始写承诺（{title}）。\n第一步，承诺内容：做哪件事？\n例如：{content}\n回复“取消”可随时停下，写过的会保留。",
    "measures": "第二步，落实措施：怎么做？\n例如：{measures}",
    "standard": "第三步，兑现标准：做到什么程度算兑现？写数字或看得见的结果。\n例如：{standard}",
    "deadline": "第四步，完成时限：哪天之前？\n例如：12月31日",
}
BACK = "回复 0 改上一步。"
NOT_A_DAY = "没有看懂这个日期。请写成“12月31日”或“2026-12-31”。"
WRITTEN = "草稿已保存：\n{clears}\n{hints}回复“提交”交给审核人；主题、口号等请打开：{site}/console/pledges/{code}/edit"
SUBMITTED = "已提交审核，结果会通知您。发送“我的承诺”可随时查看，审核前回复“撤回”可继续修改。"
WITHDRAWN = "已撤回，草稿还在。要修改请打开：{site}/console/pledges/{code}/edit"
NONE_YET = "您还没有承诺。发送“起草承诺”一步一步来，或打开：{site}/console/pledges/"
OWN = "您的承诺：\n{lines}\n回复序号查看；发送“起草承诺”写新的。"
REPORT_HOW = "报告进展，回复：进展 50 做了什么\n已经兑现，回复：兑现 做到了什么程度\n因客观原因做不到，回复：说明 原因"
REPORTED = "已记下。{more}"
NOTHING_TO_REVIEW = "现在没有等您审核的承诺。"
REVIEW_HOW = "回复“通过 1 2”或“退回 1 原因”。看全文和佐证材料：{site}/console/reviews/"
NO_SUCH_CHOICE = "请回复1到{n}之间的序号。"
RETURN_HOW = "请写明原因，例如：退回 1 写清做到什么数。"


def ask(step: str, title: str = "") -> str:
    """The question of this step."""
    return ASK[step].format(title=title, content=SAMPLE.content, measures=SAMPLE.measures, standard=SAMPLE.standard) + (
        "" if step == "content" else f"\n{BACK}"
    )


def hints_of(hints: Iterable[Hint], fields: Sequence[str] = ()) -> str:
    """One line a hint; of these fields alone when they are named."""
    return "".join(f"提示：{hint.label}——{hint.text}\n" for hint in hints if not fields or hint.field in fields)


def clears_of(wording: Wording) -> str:
    pairs = (("内容", wording.content), ("措施", wording.measures), ("标准", wording.standard), ("时限", spoken(wording.deadline)))
    return "\n".join(f"{label}：{words or '无'}" for label, words in pairs)


def own_list(lines: Sequence[Line]) -> str:
    told = [f"{at} {line.wording.content[:24] or '（还没有写内容）'}，{line.state_words}" for at, line in enumerate(lines, 1)]
    return OWN.format(lines="\n".join(told))


def one_of(record: Record, site: str) -> str:
    """One pledge, where it stands, and what to do next."""
    line = record.line
    lines = [clears_of(line.wording), f"状态：{line.state_words}{f'，完成{line.percent}%' if line.percent else ''}"]
    lines += [f"审核意见：{line.opinion}"] if line.opinion else []
    if record.may("fulfil"):
        lines.append(REPORT_HOW)
    elif record.may("submit"):
        lines.append(f"{hints_of(record.hints)}回复“提交”交给审核人；修改请打开：{site}/console/pledges/{line.code}/edit")
    elif record.may("withdraw"):
        lines.append("审核前要修改，回复“撤回”。")
    return "\n".join([*lines, f"详情：{site}/console/pledges/{line.code}"])


def review_list(items: Sequence[Item], n: int, site: str) -> str:
    told = []
    for at, item in enumerate(items, 1):
        changed = "；".join(f"{one.label}：{one.before} → {one.after}" for one in item.changes)
        body = f"变更原因：{item.why}\n{changed}" if item.changes else clears_of(item.wording)
        told.append(f"{at} {item.author}（{item.turn.chinese}）\n{body}\n{hints_of(item.hints[:1])}".rstrip())
    more = f"（先列{len(items)}条，办完再发“待审”）" if n > len(items) else ""
    return f"等您办理的承诺{n}条{more}：\n" + "\n".join(told) + "\n" + REVIEW_HOW.format(site=site)


def decided(outcomes: Sequence[Outcome]) -> str:
    failed = [one for one in outcomes if one.refusal]
    done = f"已办{len(outcomes) - len(failed)}条。" if len(outcomes) > len(failed) else ""
    return done + "".join(dict.fromkeys(one.refusal.text for one in failed if one.refusal)) + "发送“待审”看还有哪些。"

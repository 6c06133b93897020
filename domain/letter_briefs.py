"""What a letter says in the twenty characters of a template: the deed first, then the thing as far as it fits (wechat-platform.md §12)."""

from typing import Any

from domain.letter_texts import Blank

_BRIEFS = {
    "rectification_open": "收到差评，请按期回访整改",
    "rectification_withdraw": "评价人已改为好评，整改撤销",
    "rectification_renew": "再次改为差评，请继续整改",
    "rectification_answer": "整改已报告结果，请复核",
    "rectification_reopen": "整改未通过，转二次督办",
    "rectification_dispute": "评价人不满意，二次督办",
    "rectification_result": "您关注的整改已办结",
    "pledge_submit": "有承诺待审核：{pledge}",
    "pledge_return": "承诺被退回，请修改后再提交",
    "pledge_give_back": "单位承诺被退回，请修改",
    "pledge_approve": "承诺已审核通过：{pledge}",
    "pledge_publish": "承诺已公示：{pledge}",
    "pledge_fulfil": "承诺报告兑现，请核实",
    "pledge_excuse": "承诺说明客观原因，请核实",
    "pledge_retract": "承诺已撤下公示：{pledge}",
    "pledge_confirm": "承诺已核实兑现：{pledge}",
    "pledge_accept": "承诺的客观原因已核实",
    "pledge_doubt": "承诺核实不符，请继续办理",
    "amendment_submit": "有变更承诺待审核：{pledge}",
    "amendment_return": "承诺变更被退回，请修改",
    "amendment_publish": "承诺变更已公示：{pledge}",
    "batch_send": "单位承诺请审定：{branch}",
    "batch_close": "单位承诺已审定：{branch}",
    "objection_receive_handler": "收到承诺异议，请核实答复",
    "objection_receive_author": "您的承诺收到一条异议",
    "objection_answer": "异议答复已写好，请核定",
    "objection_return": "异议答复被退回，请重新核实",
    "objection_release": "对您承诺的异议已答复",
    "objection_decline": "异议不属承诺异议，已说明",
    "objection_result": "您提出的异议已有答复",
    "plate_revoke": "一块座牌已停用",
    "campaign_start": "活动启动，您有{n}项任务",
    "todo_new": "新任务请报送：{task}",
    "todo_return": "报送被退回：{task}",
    "todo_accept": "报送已通过：{task}",
    "todo_require": "仍需补办：{task}",
    "todo_waive": "已免办：{task}",
    "todo_pause": "已暂停：{task}",
    "todo_resume": "恢复办理：{task}",
    "todo_drop": "任务已撤销：{task}",
    "todo_revive": "任务重新列入：{task}",
    "todo_moved": "截止日期有变：{task}",
    "todo_urge": "请尽快报送：{task}",
    "extension_grant": "延期已同意：{task}",
    "extension_refuse": "延期未同意：{task}",
    "seat_proposal_ask": "有任职提名待您批准",
    "seat_proposal_approve": "任职提名已批准",
    "seat_proposal_refuse": "任职提名未获批准",
    "seat_proposal_carry_out": "任职变动已生效",
    "binding_made": "您的身份绑定了一个微信",
    "binding_used": "邀请码已用：{name}",
    "binding_ask": "有绑定申请待您核对",
    "binding_refused": "绑定申请没有通过核对",
    "binding_replaced": "您的身份已改绑其他微信",
    "reminder": "您有{n}项任务要报送",
    "reminder_above": "有{n}项任务逾期，请督促",
    "quota_used": "微信次数已用完，稍后再发",
    "chat_answer": "您有一条新的答复",
}
_ELSE = "您有一条新的通知"


def brief(kind: str, words: dict[str, Any]) -> str:
    """The letter's deed, then what it is about as far as there is room."""
    return _BRIEFS.get(kind, _ELSE).format_map(Blank(words))

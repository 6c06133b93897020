"""What the letters say: one sentence a kind, with the next step in it."""

from typing import Any

from domain.quoting import fill

_SENTENCES = {
    "rectification_open": "{window}收到不满意评价，编号{number}。请在{callback_due}前回访核实，{due}前整改，答复请发送“整改 {number} 结果”。",
    "rectification_due": "{window}的整改{number}还没有答复，期限是{due}。请在工作台“限期整改”里报告整改结果。",
    "rectification_late": "{window}的整改{number}已过期限{due}，请马上在工作台“限期整改”里报告整改结果。",
    "rectification_above": "{window}的整改{number}应于{due}前答复，至今没有答复，请督促窗口负责人。",
    "rectification_withdraw": "{window}的不满意评价{number}，评价人已改为好评，整改自动撤销。",
    "rectification_renew": "{window}的评价{number}再次被改为不满意，请继续整改答复。",
    "rectification_answer": "{window}的整改{number}已报告结果，请在工作台“限期整改”里复核。",
    "rectification_reopen": "{window}的整改{number}复核未通过，转二次督办，请在{due}前重新整改答复。还差：{why}",
    "rectification_dispute": "{window}的整改{number}，评价人对结果不满意，转二次督办，请在{due}前重新整改答复。",
    "rectification_result": "您关注的整改{number}已办结。答复：{answer}　评价人本人请回复“整改满意 {number}”，或“整改不满意 {number} 原因”。",
    "pledge_submit": "有一条承诺待您审核：{pledge}",
    "pledge_return": "您的承诺“{pledge}”被退回：{why}。请修改后重新提交。",
    "pledge_give_back": "单位承诺“{pledge}”被支部退回：{why}。请修改后重新提交。",
    "pledge_approve": "您的承诺“{pledge}”已审核通过。",
    "pledge_publish": "您的承诺“{pledge}”已公示。",
    "pledge_fulfil": "承诺“{pledge}”已报告兑现，请核实。",
    "pledge_excuse": "承诺“{pledge}”说明了客观原因：{why}",
    "pledge_retract": "承诺“{pledge}”已撤下公示：{why}",
    "pledge_confirm": "您的承诺“{pledge}”已核实兑现。",
    "pledge_accept": "您的承诺“{pledge}”说明的客观原因已核实。",
    "pledge_doubt": "您的承诺“{pledge}”核实不符：{why}。请继续办理，办好后再报告。",
    "cause_release_hear": "您的承诺“{pledge}”没有兑现，办公室提名公开。请在{hear_until}前到工作台“待办”里说明情况，说明后局党委再决定。",
    "cause_release_replied": "承诺“{pledge}”的承诺人已说明情况，请在工作台“公开未兑现”里决定。",
    "cause_release_release": "承诺“{pledge}”的未兑现情况经局党委批准公开，到{until}为止。",
    "cause_release_refuse": "承诺“{pledge}”的未兑现情况不公开。{why}",
    "cause_release_take_back": "承诺“{pledge}”的未兑现情况已收回，不再公开。",
    "cause_release_end": "承诺“{pledge}”的未兑现情况公开期满，已收回。",
    "amendment_submit": "有一条变更承诺待您审核：{pledge}",
    "amendment_return": "您对承诺“{pledge}”的变更被退回：{why}。请修改后重新提交。",
    "amendment_publish": "您对承诺“{pledge}”的变更已通过，第{no}版已公示。",
    "batch_send": "{branch}汇总了{n}条单位承诺，请审定。",
    "batch_close": "{branch}报送的{n}条单位承诺已审定：通过{approved}条，退回{returned}条。",
    "objection_receive_handler": "收到对承诺“{pledge}”的异议，编号{number}。请核实，{due}前答复。",
    "objection_receive_author": "您的承诺“{pledge}”收到一条异议（{number}），由党支部核实答复，请配合。",
    "objection_answer": "异议{number}已写好答复，请核定。",
    "objection_return": "异议{number}的答复被退回：{why}。请重新核实。",
    "objection_release": "对您的承诺“{pledge}”的异议{number}已核实并答复。",
    "objection_decline": "异议{number}经核定不属于承诺异议，已向群众说明。",
    "objection_result": "您对承诺“{pledge}”提出的异议{number}已有答复：{answer}",
    "plate_revoke": "一块座牌已停用：{why}",
    "campaign_start": "“{campaign}”今天启动，您有{n}项任务，最近一项{due}截止。发送“待办”逐项查看。",
    "todo_new": "您有一项新任务“{task}”，请在{due}前报送。发送“待办”查看。",
    "todo_return": "“{task}”的报送材料{receipt}被退回：{why}。请修改后重新报送。",
    "todo_accept": "“{task}”的报送材料{receipt}已审核通过。",
    "todo_require": "“{task}”仍需补办，请在{due}前报送。{why}",
    "todo_waive": "“{task}”已免办：{why}。不用再报送。",
    "todo_pause": "“{task}”已暂停：{why}。恢复时会另行通知。",
    "todo_resume": "“{task}”恢复办理，请在{due}前报送。",
    "todo_drop": "“{task}”已从配档表撤销，不用再报送。",
    "todo_revive": "“{task}”重新列入配档表，请发送“待办”查看。",
    "todo_moved": "“{task}”的截止日期由{before}改为{due}，请按新日期报送。",
    "todo_urge": "请尽快报送{list}。{why}",
    "extension_grant": "“{task}”的延期申请已同意，新的截止日期{due}。",
    "extension_refuse": "“{task}”的延期申请未同意：{why}。请仍按{due}前报送。",
    "seat_proposal_ask": "有一条任职提名待您批准：{what}。请在工作台“任职”里办理。",
    "seat_proposal_approve": "任职提名已批准：{what}。",
    "seat_proposal_refuse": "任职提名未获批准：{what}。{why}",
    "seat_proposal_carry_out": "任职变动已生效：{what}。发送“待办”看要办的事。",
    "binding_made": "{day}，您的身份“{name}”绑定了一个微信。如不是您本人操作，请立即告诉党支部书记。",
    "binding_used": "{name}已用您开具的邀请码绑定微信。",
    "binding_ask": "有一条绑定申请待您核对，申请人自称“{name}”。请在控制台或小程序里确认是否本人。",
    "binding_refused": "您的绑定申请没有通过核对。如您是本单位党员，请向党支部书记索取邀请码。",
    "binding_replaced": "这个微信绑定的身份已改绑到另一个微信。如不是您本人操作，请立即告诉党支部书记。",
    "reminder": "您有{n}项任务要报送：{list}。{why}发送“待办”逐项办理。",
    "reminder_above": "有{n}项任务逾期未报，请督促：{list}。",
    "quota_used": "微信的{channel}今天用完了次数，其余信件等到{until}再发。",
    "chat_answer": "{text}",
}


class Blank(dict[str, Any]):
    """A word that a letter lacks is left out, never a fault."""

    def __missing__(self, key: str) -> str:
        return ""


def spoken(kind: str, words: dict[str, Any]) -> str:
    """The letter in words. A kind without a sentence of its own still says that there is something to see."""
    return fill(_SENTENCES.get(kind, "您有一条新的通知，请在亮诺中查看。"), Blank(words))

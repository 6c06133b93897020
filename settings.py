"""Settings: config.yaml and the environment read once into one frozen, validated object; all that is missing is named at once."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from domain.letters import Channel
from domain.policy import Policy
from domain.reminders import Habits
from domain.templates import Template

CONFIG = Path(__file__).parent / "config.yaml"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DatabaseSettings(_Section):
    url: str = "sqlite:///var/liangnuo.db"
    pool: int = Field(default=5, ge=1, le=100)


class RedisSettings(_Section):
    url: str = ""


class ServeSettings(_Section):
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    threads: int = Field(default=32, ge=1, le=512)
    trusted_proxies: int = Field(default=0, ge=0, le=5)


_COMMON_VALUES = {"thing1": "{brief}", "character_string2": "{number}"}


class TemplateSettings(_Section):
    """One template chosen in WeChat's console: the kinds of letters that go by it, and what each of its keys is filled with."""

    id: str
    way: Literal["template", "notice", "subscribe"] | None = None
    kinds: list[str] = []
    values: dict[str, str] = _COMMON_VALUES
    long_term: bool = False
    page: str = ""


class AccountSettings(_Section):
    """One account of WeChat."""

    appid: str = ""
    original_id: str = ""
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    encoding_aes_key: SecretStr = SecretStr("")
    previous_encoding_aes_key: SecretStr = SecretStr("")
    mode: Literal["safe", "compatible", "plain"] = "safe"
    api_base: str = "https://api.weixin.qq.com"
    open_base: str = "https://open.weixin.qq.com"
    mp_base: str = "https://mp.weixin.qq.com"
    templates: dict[str, TemplateSettings | str] = {}

    def chosen(self, usual: Literal["template", "subscribe"]) -> list[Template]:
        """The templates of this account; one given by its number alone goes the usual way, for the kind it is named after."""
        given = {name: TemplateSettings(id=one) if isinstance(one, str) else one for name, one in self.templates.items()}
        return [
            Template(one.id, Channel(one.way or usual), one.values, tuple(one.kinds or [name]), one.long_term, one.page)
            for name, one in given.items()
        ]


class ReminderSettings(_Section):
    """When people are reminded of deadlines."""

    at: int = Field(default=9, ge=0, le=23)
    quiet_from: int = Field(default=18, ge=1, le=24)
    quiet_until: int = Field(default=8, ge=0, le=23)
    overdue: list[int] = [1, 3, 7, 15]
    escalate: int = Field(default=3, ge=0, le=30)

    @property
    def habits(self) -> Habits:
        return Habits(self.at, self.quiet_from, self.quiet_until, tuple(sorted(set(self.overdue))), self.escalate)


class ClockSettings(_Section):
    """How the clock carries letters."""

    hands: int = Field(default=32, ge=1, le=64)
    batch: int = Field(default=400, ge=1, le=2000)
    pace: float = Field(default=20, ge=0, le=1000)
    stale_seconds: int = Field(default=120, ge=1, le=3600)
    journal: str = "var/clock"


class FileSettings(_Section):
    folder: str = "var/files"


class CalendarSettings(_Section):
    days: dict[date, bool] = {}
    settled_years: list[int] = []


class BrowserSettings(_Section):
    ratings_per_hour: int = Field(default=20, ge=1)
    pages_per_minute: int = Field(default=60, ge=1)


class Settings(BaseSettings):
    """Everything that can be set. Frozen: nobody changes a setting while the house runs."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="LIANGNUO_", env_nested_delimiter="__")

    bureau: str = "某县住房和城乡建设局"
    base_url: str = "http://127.0.0.1:8000"
    production: bool = False
    demo: bool = False
    secret_key: SecretStr = SecretStr("")
    database: DatabaseSettings = DatabaseSettings()
    redis: RedisSettings = RedisSettings()
    serve: ServeSettings = ServeSettings()
    wechat: AccountSettings = AccountSettings()
    miniprogram: AccountSettings = AccountSettings()
    policy: Policy = Policy()
    browser: BrowserSettings = BrowserSettings()
    files: FileSettings = FileSettings()
    calendar: CalendarSettings = CalendarSettings()
    reminders: ReminderSettings = ReminderSettings()
    clock: ClockSettings = ClockSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is handed in wins over the environment, the environment over the file."""
        return init_settings, env_settings, InitSettingsSource(settings_cls, _of_the_file())


def _of_the_file() -> dict[str, Any]:
    """By libyaml where the machine has it: a command starts a hundredth of a second sooner, a thousand stories ten seconds."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = (yaml.load(CONFIG.read_text(encoding="utf-8"), loader) if CONFIG.is_file() else None) or {}  # noqa: S506 -- both are safe
    return found


class SettingsFault(Exception):
    """The settings cannot be used; the text names every line at once, in Chinese."""

    def __init__(self, faults: list[str], words: str = "设置有误") -> None:
        self.head, self.faults = f"{words}，请改正后重新启动：", faults
        super().__init__("\n".join([self.head, *(f"  · {fault}" for fault in faults)]))


def load(**given: Any) -> Settings:
    """Read and check. Raises `SettingsFault`."""
    try:
        settings = Settings(**given)
    except (ValueError, yaml.YAMLError) as error:
        raise SettingsFault(unreadable(error), "设置读取失败") from None
    faults = faults_of(settings)
    if faults:
        raise SettingsFault(faults)
    return settings


_WRONG = {
    "extra_forbidden": "没有这一项，请删去或核对拼写",
    "missing": "缺少这一项",
    "literal_error": "只能填 safe、compatible 或 plain",
    "bool_parsing": "应填 true 或 false",
    "int_parsing": "应填整数",
    "int_from_float": "应填整数",
    "greater_than_equal": "数字太小",
    "less_than_equal": "数字太大",
}


def unreadable(error: Exception) -> list[str]:
    """What pydantic or the YAML reader stumbled over, each in a sentence."""
    if isinstance(error, ValidationError):
        found = [(".".join(map(str, one["loc"])), one["type"]) for one in error.errors()]
        return [f"{path}：{_WRONG.get(kind, '填写有误，请对照 config.yaml 里的说明')}" for path, kind in found]
    mark = getattr(error, "problem_mark", None)
    return [f"config.yaml 第{mark.line + 1}行格式有误，请检查缩进和冒号后的空格" if mark else "config.yaml 或环境变量的内容读不懂"]


def faults_of(settings: Settings) -> list[str]:
    """What keeps the house from starting, each as a sentence (R42)."""
    faults = []
    if not settings.secret_key.get_secret_value():
        faults.append("secret_key 没有设置：请设环境变量 LIANGNUO_SECRET_KEY 为至少 32 个随机字符（可运行 python manage.py secret 生成）")
    elif len(settings.secret_key.get_secret_value()) < 32:
        faults.append("secret_key 太短：至少 32 个字符")
    if settings.serve.workers > 1 and settings.database.url.startswith("sqlite"):
        faults.append("serve.workers 大于 1 时不能用 SQLite：请把 database.url 改为 PostgreSQL，或把 workers 改回 1")
    if settings.serve.workers > 1 and not settings.redis.url:
        faults.append("serve.workers 大于 1 时必须填写 redis.url，或把 workers 改回 1")
    for name, account in (("wechat", settings.wechat), ("miniprogram", settings.miniprogram)):
        faults += _faults_of_account(name, account, settings.production)
    faults += _faults_of_reminders(settings.reminders)
    if settings.production:
        faults += _faults_in_production(settings)
    return faults


def _faults_of_account(name: str, account: AccountSettings, production: bool) -> list[str]:
    if not account.appid:
        return [f"{name}.appid 没有设置：请在公众平台查看开发者 ID"] if production and name == "wechat" else []
    faults = [
        f"{name}.{field} 没有设置：请设环境变量 LIANGNUO_{name.upper()}__{field.upper()}"
        for field in ("token", "secret")
        if not getattr(account, field).get_secret_value()
    ]
    key = account.encoding_aes_key.get_secret_value()
    if account.mode != "plain" and not (len(key) == 43 and key.isalnum()):
        faults.append(f"{name}.encoding_aes_key 应为 43 个字母或数字：请设环境变量 LIANGNUO_{name.upper()}__ENCODING_AES_KEY")
    if production and account.mode != "safe":
        faults.append(f"{name}.mode 在正式运行时必须是 safe：明文消息无法防伪造")
    return faults


def _faults_of_reminders(reminders: ReminderSettings) -> list[str]:
    if not reminders.quiet_until <= reminders.at < reminders.quiet_from:
        return ["reminders.at 落在安静时段里：请改到 quiet_until 和 quiet_from 之间"]
    if any(not 1 <= n <= 30 for n in reminders.overdue):
        return ["reminders.overdue 里的每个数应为 1 到 30 个工作日"]
    return []


def _faults_in_production(settings: Settings) -> list[str]:
    faults = []
    if not settings.base_url.startswith("https://"):
        faults.append("base_url 在正式运行时必须以 https:// 开头")
    if settings.demo:
        faults.append("demo 在正式运行时必须是 false：演示入口谁都能进")
    key = settings.secret_key.get_secret_value()
    if "demo" in key:
        faults.append("secret_key 还是演示用的：请换成随机字符")
    elif len(key) >= 32 and len(set(key)) < 8:
        faults.append("secret_key 太简单：请运行 python manage.py secret 生成")
    if settings.wechat.token.get_secret_value() and len(settings.wechat.token.get_secret_value()) < 8:
        faults.append("wechat.token 太短：至少 8 个字符")
    if any(os.environ.get(name, "0").lower() not in ("", "0", "false", "no") for name in _DEBUG):
        faults.append(f"环境变量 {' 或 '.join(_DEBUG)} 打开了调试：请删去，否则出错时会把程序内部显示给来访者")
    return faults + _faults_of_the_file()


_DEBUG = ("FLASK_DEBUG", "PYTHONDEVMODE")
_SECRETS = ("secret", "token", "encoding_aes_key", "previous_encoding_aes_key")


def _faults_of_the_file() -> list[str]:
    """Who may write the file rules the house; who may read it must not find a secret there."""
    mode = CONFIG.stat().st_mode if CONFIG.exists() else 0
    faults = ["config.yaml 谁都能改写：请运行 chmod 644 config.yaml"] if mode & 0o002 else []
    for path in _secrets_in(_of_the_file()) if mode & 0o004 else ():
        variable = f"LIANGNUO_{path.upper().replace('.', '__')}"
        faults.append(f"{path} 里的机密谁都能读：请改用环境变量 {variable}，或让属主独享 config.yaml（chmod 600）")
    return faults


def _secrets_in(file: dict[str, Any]) -> Iterator[str]:
    """The settings in the file that hold a secret, as paths."""
    sections = {name: file.get(name) or {} for name in ("wechat", "miniprogram", "database", "redis")}
    if file.get("secret_key"):
        yield "secret_key"
    yield from (f"{name}.{key}" for name in ("wechat", "miniprogram") for key in _SECRETS if sections[name].get(key))
    yield from (f"{name}.url" for name in ("database", "redis") if urlsplit(str(sections[name].get("url", ""))).password)

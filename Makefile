# Groundwork. `make help` lists the commands; each prints what it does.
STACK ?= dev
PROFILE ?= flash-crowd
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
# Node keeps what it compiled: half a second for each process that loads the SDKs.
export NODE_COMPILE_CACHE ?= $(CURDIR)/node_modules/.cache/node

.DEFAULT_GOAL := help
.PHONY: help install sandbox preview up destroy shell audit scale rehearse test check unit bench docs clean

help: ## list the commands
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile
	@echo 'STACK=dev|staging|prod chooses the stack; dev is the default.'

install: node_modules/.installed ## install all that is needed: Node 24, packages, the Pulumi CLI
	@node tools/pulumi/install.ts

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts
	npm rebuild node
	@touch $@

sandbox: install ## deploy the stack into the simulated account, with the policy pack enforced
	@node sandbox/main.ts up --stack $(STACK)

preview: install ## show what a deployment would change in the simulated account
	@node sandbox/main.ts preview --stack $(STACK)

shell: install ## open a shell in which plain `npx pulumi` uses the simulated account
	@node sandbox/main.ts run --stack $(STACK) -- $${SHELL:-sh}

up: install ## deploy the stack to AWS, with the policy pack enforced
	PULUMI_OPTION_POLICY_PACK=$(CURDIR)/policy-pack pulumi up --stack $(STACK)

destroy: install ## remove the stack from the simulated account; from AWS with TARGET=aws
ifeq ($(TARGET),aws)
	pulumi destroy --stack $(STACK)
else
	@node sandbox/main.ts destroy --stack $(STACK)
endif

audit: install ## judge what is deployed by the policy pack; TARGET=aws for what is on AWS
	@node tools/audit/main.ts --stack $(STACK) $(if $(TARGET),--target $(TARGET))

scale: install ## simulate how the stack scales under PROFILE=..., and write a report
	@node simulation/main.ts --stack $(STACK) --profile $(PROFILE)

rehearse: install ## drift, kills, faults and random settings: a sample of each, then every operation of dev; takes hours
	@mocha 'tests/engine/rehearsals/*.test.ts'
	@node tests/engine/rehearsals/main.ts kills
	@node tests/engine/rehearsals/main.ts faults
	@node tests/engine/rehearsals/main.ts settings --rounds 20

check: install ## format, lint and types
	@prettier --check --log-level warn .
	@eslint --flag unstable_native_nodejs_ts_config .
	@tsc

unit: install ## the tests that need no engine
	@mocha --parallel --jobs 2 --ignore 'tests/engine/**' 'tests/**/*.test.ts'

test: check ## everything that proves it: format, lint, types, unit, policy and engine tests
	@mocha --parallel --jobs 2 --ignore 'tests/engine/rehearsals/**' 'tests/**/*.test.ts'

bench: install ## time and memory of preview and up, beside Pulumi's default TypeScript setup
	@node tools/bench/main.ts

docs: install ## write the generated pages again
	@node tools/docs/main.ts

clean: ## forget the simulated accounts and their state
	rm -rf .sandbox .audit

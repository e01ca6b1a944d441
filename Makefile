# make run    make the sample partnership's extracts, receive, measure and publish them
# make test   run every test, from unit to browser
# make lint   check style      make bench  measure speed      make clean  remove what make made
# make screenshots   picture twelve pages at two widths, and the printed pack, in screenshots/
# Each installs what it needs (as root, on Debian with Go and gcc).

SHELL   := /bin/bash
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo unversioned)
WHERRY  := bin/wherry
ECHARTS := dashboards/assets/echarts.min.js
SOURCES := $(shell find cmd config queries dashboards pipelines -not -name '*_test.go' -type f -not -path '*/testdata/*') go.mod go.sum

.PHONY: help run test lint bench build assets clean screenshots
.DEFAULT_GOAL := help

help:
	@sed -n '1,5s/^# //p' Makefile

build: $(WHERRY)

$(WHERRY): $(ECHARTS) $(SOURCES)
	@echo "Building wherry $(VERSION) (the first time takes a minute or two)"
	@go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o $@ ./cmd/wherry

assets: $(ECHARTS)

# The one asset from npm: locked by package-lock.json, checked by hash, embedded, never committed.
$(ECHARTS): package-lock.json dashboards/assets/echarts.sha256 | .make/npm
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@cd node_modules/echarts/dist && sha256sum --check --quiet $(CURDIR)/dashboards/assets/echarts.sha256
	@cp node_modules/echarts/LICENSE dashboards/assets/echarts.LICENSE.txt
	@cp node_modules/echarts/dist/echarts.common.min.js $@

run: build
	@$(WHERRY) sample
	@$(WHERRY) run || { status=$$?; [ $$status -eq 3 ] || exit $$status; }

test: assets .make/chromium .make/glpk .make/libreoffice .make/sshd .make/azurite
	@test -d node_modules/html-validate -a -d node_modules/@pa11y || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	go vet ./...
	go test -timeout 45m ./...

lint: bin/golangci-lint assets
	@test -z "$$(gofmt -l cmd config queries dashboards pipelines bench)" || { gofmt -l . ; echo "run gofmt -w on these"; exit 1; }
	bin/golangci-lint run ./...

bin/golangci-lint: .ci/tools/go.mod
	@cd .ci/tools && go build -o $(CURDIR)/$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

bench: build
	go run ./bench -wherry $(WHERRY) -out bench/results.json
	go run ./bench -wherry $(WHERRY) -only measures -rows 10000000 -times 1 -out bench/results.json
	go run ./bench -wherry $(WHERRY) -only load -rows 10000000 -times 2 -out bench/results.json
	go run ./bench -only disclosure -out bench/results.json
	go run ./bench -wherry $(WHERRY) -only history -out bench/results.json
	go run ./bench -wherry $(WHERRY) -only site -times 2 -out bench/results.json

# SITE is an edition's pages for one audience; without it the sample partnership's are made.
screenshots: build .make/chromium .make/poppler
	@rm -rf screenshots && mkdir -p screenshots
	@test -n "$(SITE)" || { $(WHERRY) init screenshots/county && $(WHERRY) sample --dir screenshots/county && { $(WHERRY) run --dir screenshots/county || [ $$? -eq 3 ]; } && \
		$(WHERRY) pack --dir screenshots/county --out screenshots/pack.pdf && pdftoppm -r 60 -png screenshots/pack.pdf screenshots/pack; }
	@go run ./dashboards/browser/shoot -site "$(or $(SITE),screenshots/county/published/current/board)" -out screenshots

# Debian packages, installed once where the command is missing.
.make/npm:
	@command -v npm >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; }
	@mkdir -p .make && touch $@

.make/chromium:
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; }
	@fc-list 2>/dev/null | grep -qi liberation || { apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-liberation fontconfig >/dev/null; }
	@mkdir -p .make && touch $@

.make/poppler:
	@command -v pdftoppm >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends poppler-utils >/dev/null; }
	@mkdir -p .make && touch $@

# The oracle that disclosure control is held against in tests; the program itself does not use it.
.make/glpk:
	@command -v glpsol >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends glpk-utils >/dev/null; }
	@mkdir -p .make && touch $@

# Opens and converts the workbook in tests; the program itself does not use it.
.make/libreoffice:
	@command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null; }
	@mkdir -p .make && touch $@

# The SFTP server and the emulator of Azure Blob that fetching is tested against. The emulator is locked by a file of its
# own, so that building the program does not bring it.
.make/sshd:
	@test -x /usr/sbin/sshd || { apt-get update -qq && apt-get install -y -qq --no-install-recommends openssh-server >/dev/null; }
	@mkdir -p .make && touch $@

.make/azurite: .ci/azurite/package-lock.json | .make/npm
	@cd .ci/azurite && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p .make && touch $@

clean:
	@rm -rf bin .make node_modules .ci/azurite/node_modules $(ECHARTS) dashboards/assets/echarts.LICENSE.txt inbox outbox archive warehouse published screenshots

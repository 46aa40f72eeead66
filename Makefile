# pgseal: a transparent encryption proxy for PostgreSQL.
#
# On a fresh Debian machine that has Go, `make demo` shows it at work and
# `make test` passes the tests; both install what is missing (see
# .ci/prerequisites). `make help` lists the rest.

GO      ?= go
BIN     := bin/pgseal
TIMEOUT ?= 40m
FUZZTIME ?= 10s
# BENCHFLAGS="-rounds 3 -seconds 4 -scenario passthrough" shortens a bench run;
# DEMOFLAGS=--once lets the demo take its tour by itself and end.
BENCHFLAGS ?=
DEMOFLAGS  ?=
# ORMSFLAGS=-write writes docs/compatibility.md; ORMSFLAGS="-only Django" takes one framework.
ORMSFLAGS ?=
REGRESSFLAGS ?=
SUITESFLAGS ?=
ORACLEFLAGS ?=
FLEETFLAGS ?=
SOAKFLAGS ?=
VULNDB ?=
LETTERS ?= 10000000
RELEASEFLAGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo build test test-long race lint fuzz bench performance regress servers suites oracle orms memory existing existing-large withdrawal answers tenants fleet upgrade soak vuln release image release-check clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## install what is missing, build, and show pgseal at work on this machine
	@.ci/prerequisites demo
	@$(MAKE) --no-print-directory build
	@exec $(BIN) demo $(DEMOFLAGS)

build: ## build bin/pgseal
	@.ci/prerequisites build
	@echo "building $(BIN) (the first time compiles PostgreSQL's parser, about half a minute)"
	@$(GO) build -o $(BIN) ./cmd/pgseal

test: ## install what is missing and run the tests (some minutes the first time)
	@.ci/prerequisites test
	$(GO) test -timeout $(TIMEOUT) ./...

race: ## the tests under the race detector
	@.ci/prerequisites test
	$(GO) test -race -timeout $(TIMEOUT) ./...

test-long: ## the tests under the race detector three times over, PostgreSQL's own suite, the oracle, fuzzing for a minute each, a benchmark
	@.ci/prerequisites all
	$(GO) test -race -count=3 -timeout 90m ./...
	@$(MAKE) --no-print-directory regress
	@$(MAKE) --no-print-directory servers suites oracle orms memory existing withdrawal tenants fleet soak upgrade release release-check
	@$(MAKE) --no-print-directory fuzz FUZZTIME=1m
	@$(MAKE) --no-print-directory bench

lint: ## gofmt, go vet, staticcheck
	@.ci/prerequisites build
	@unformatted="$$(gofmt -l .)"; if [ -n "$$unformatted" ]; then echo "gofmt -w is needed on:" >&2; echo "$$unformatted" >&2; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

fuzz: ## every fuzz target for FUZZTIME (10s) each; before a release FUZZTIME=1h
	@.ci/prerequisites test
	@GO="$(GO)" .ci/fuzz $(FUZZTIME)

vuln: ## known vulnerabilities in what is called (govulncheck); needs the network, or VULNDB=file:///folder
	@.ci/prerequisites build
	@GO="$(GO)" .ci/vulnerabilities $(VULNDB)

bench: ## pgbench direct, through PgBouncer and through pgseal, in alternation
	@.ci/prerequisites bench
	@$(GO) run ./testenv/bench $(BENCHFLAGS)

# About half an hour. The document is only worth keeping from a machine that does nothing else meanwhile.
performance: ## everything that is measured, in every mode, to docs/performance.md and its chart
	@.ci/prerequisites bench
	@$(GO) run ./testenv/bench -rounds 3 -seconds 2 -clients 1,8,32,128 -mode simple,extended,prepared -tls off,on \
		-scenario tpcb,passthrough,read,write,rows,copyin,copyout -write docs $(BENCHFLAGS)

regress: ## PostgreSQL's own regression suite, straight and through pgseal (REGRESSFLAGS="-tests copy -policy none")
	@.ci/prerequisites test
	@$(GO) run ./testenv/regress $(REGRESSFLAGS)

servers: ## drivers on PostgreSQL 13 to 18, straight and through pgseal
	@.ci/prerequisites test
	$(GO) test ./testenv/clients -run TestServers -servers 13,14,15,16,17,18

suites: ## the drivers' own tests (pgx, lib/pq), straight and through pgseal
	@.ci/prerequisites test
	@$(GO) run ./testenv/suites $(SUITESFLAGS)

orms: ## frameworks (Django, ActiveRecord, Prisma, GORM, ...) with plain columns and with sealed ones; docs/compatibility.md is held against it
	@.ci/prerequisites orms
	$(GO) test ./testenv/orms -count=1 -timeout $(TIMEOUT) -all $(ORMSFLAGS)

oracle: ## a million random statements, on a plain database and on a sealed one through pgseal (ORACLEFLAGS="-seed 17 -statements 5000")
	@.ci/prerequisites oracle
	@$(GO) run ./testenv/oracle -sqlsmith 20000 $(ORACLEFLAGS)

memory: ## what 9,900 idle sessions, values of 500 MiB and slow clients make pgseal hold
	@.ci/prerequisites test
	$(GO) test ./testenv/memory -count=1 -v -sessions 9900 -value 500

existing: ## encrypts tables under load while workers and proxies are killed, at length, and compares every row
	@.ci/prerequisites test
	$(GO) test ./testenv/bulk -count=1 -v -timeout 120m -rows 30000 -kills 100 -long

existing-large: ## how fast a table of ten million rows is encrypted, beside a loop in Python (LETTERS=1000000 for a short run)
	@.ci/prerequisites test
	$(GO) test ./testenv/bulk -count=1 -v -timeout 120m -run TestRate -letters $(LETTERS)

upgrade: ## pg_upgrade of a cluster with sealed columns to a later PostgreSQL, with files copied and with links
	@.ci/prerequisites test
	$(GO) test ./testenv/carried -count=1 -timeout $(TIMEOUT) -run TestPgUpgrade -majors 17

withdrawal: ## takes keys away while they are in use, in every way, and measures when the last value came (docs/withdrawal.md)
	@.ci/prerequisites test
	$(GO) test ./testenv/withdrawal -count=1 -v -write $(CURDIR)/docs

tenants: ## a thousand tenants with keys of their own, some of them in trouble, through two proxies (docs/tenants.md)
	@.ci/prerequisites test
	$(GO) test ./testenv/tenants -count=1 -v -timeout $(TIMEOUT) -tenants 1000 -rounds 3 -seconds 3 -minutes 4 -write $(CURDIR)/docs

fleet: ## several proxies on one database, while keys rotate, are locked and denied, proxies are killed and the database fails (FLEETFLAGS="-seed 17 -for 30m")
	@.ci/prerequisites test
	$(GO) test ./testenv/fleet -count=1 -v -timeout 120m -for 5m $(FLEETFLAGS)

soak: ## two proxies for half an hour under churn, kills, reloads and key changes; memory, goroutines and descriptors must stay flat (SOAKFLAGS="-for 8m")
	@.ci/prerequisites test
	$(GO) test ./testenv/soak -count=1 -v -timeout 0 -for 30m $(SOAKFLAGS)

answers: ## every answer and silence of AWS KMS, and what pgseal makes of it, with the times (docs/kms-answers.md, which the tests hold)
	@.ci/prerequisites build
	$(GO) test ./keysource/awskms -count=1 -run TestRows -args -write

# RELEASEFLAGS="-arch amd64,arm64 -version 1.2.3"; the version is the commit's tag, if it has one.
release: ## what is shipped, to dist/: tarball, Debian package, list of parts (SBOM), checksums; the same commit gives the same bytes
	@.ci/prerequisites build
	@$(GO) run ./testenv/release -out dist $(RELEASEFLAGS)

image: ## lay what the Dockerfiles of docker/ copy, and build the images with what is here: docker, podman or buildah
	@.ci/prerequisites build
	@$(GO) run ./testenv/release -out dist -no-deb -image docker $(RELEASEFLAGS)
	@docker/build

release-check: ## build twice and compare, install, upgrade and remove the package, have systemd run it and Docker the image and the compose file, hold the unit's sandbox against what pgseal does
	@.ci/prerequisites release-check
	$(GO) test ./testenv/release -count=1 -v -timeout 60m -long
	cd shipping/tools && SCHEMAS="$$($(GO) list -m -f '{{.Dir}}' github.com/CycloneDX/cyclonedx-go)/schema" $(GO) run . ../kubernetes/*.yaml ../../dist/*.cdx.json

clean: ## remove what was built here
	rm -rf bin dist docker/root docker/state docker/kmsserver
	$(GO) clean -testcache

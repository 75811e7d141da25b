PYTHON ?= python3
BIN := .venv/bin
export OMP_NUM_THREADS := 1

.PHONY: demo test check audit lock accept docs site bench wheels fuzz fuzz-core fuzz-guided fuzz-pages kills clean

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# LOCKED=1 installs what requirements.txt names, by hash; else the newest that pyproject.toml allows.
.venv/installed: pyproject.toml $(wildcard native/*.c native/*.h)
	$(PYTHON) -m venv .venv
	$(PIP) --upgrade 'pip>=25.1'
ifdef LOCKED
	$(PIP) --require-hashes --requirement requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
else
	$(PIP) --editable '.[all]' --group dev
endif
	$(BIN)/python -m compileall -q src
	touch .venv/installed

lock:  ## requirements.txt anew, with hashes and without the addresses of any index; needs uv
	uv pip compile pyproject.toml --all-extras --group dev --group build --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.txt

demo: .venv/installed  ## the sample pages, from text to report
	$(BIN)/jmtools demo demo

test: .venv/installed  ## every test
	$(BIN)/python -m pytest -q -n auto --dist worksteal

check: .venv/installed  ## format, lint, types
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy
	$(BIN)/python .ci/audit.py

audit: .venv/installed  ## known vulnerabilities of what is installed
	$(BIN)/python .ci/audit.py

accept: .venv/installed  ## write what the program prints now into the golden cases, then read `git diff`
	JMTOOLS_ACCEPT=1 $(BIN)/python -m pytest -q tests/test_cases.py

docs: .venv/installed  ## docs/commands.md from --help, docs/schema from docs/records.md
	$(BIN)/python docs/generate.py

site: .venv/installed  ## the documentation as a site, in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

bench: .venv/installed  ## the tables of docs/benchmarks/speed.md, about 10 minutes; BENCH="--mb 100" for others
	$(BIN)/python benchmarks/run.py --write $(BENCH)

wheels: .venv/installed  ## wheels with the segmenter core for Linux, macOS and Windows, in dist/; fetches a C compiler
	$(PIP) --group wheels
	$(BIN)/python native/wheels.py

MINUTES ?= 5
fuzz: .venv/installed  ## look for input that breaks a promise: make fuzz MINUTES=30
	$(PIP) --group fuzz
	$(BIN)/python tests/faults/fuzz.py --minutes $(MINUTES)

EXECUTIONS ?= 1000000
SEED ?= 1
fuzz-core:  ## the segmenter core under sanitizers: random dictionaries, texts, damaged images, words to rank
	mkdir -p tests/faults/out
	$(CC) -std=c11 -O2 -g -fsanitize=address,undefined -fno-sanitize-recover=all -o tests/faults/out/fuzz_core \
	  tests/faults/fuzz_core.c tests/faults/fuzz_rank.c tests/faults/fuzz_lines.c native/*.c -lm
	tests/faults/out/fuzz_core $(EXECUTIONS) $(SEED)

fuzz-guided:  ## the same, guided by which code runs: make fuzz-guided EXECUTIONS=100000; needs clang with libFuzzer
	mkdir -p tests/faults/out/corpus
	clang -std=c11 -O2 -g -DJM_GUIDED -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	  -o tests/faults/out/fuzz_guided tests/faults/fuzz_core.c tests/faults/fuzz_rank.c tests/faults/fuzz_lines.c native/*.c -lm
	tests/faults/out/fuzz_guided -max_len=512 -runs=$(EXECUTIONS) -artifact_prefix=tests/faults/out/ tests/faults/out/corpus

fuzz-pages:  ## the same for what split uses of the core: random weights, roles, lines and sizes
	mkdir -p tests/faults/out
	$(CC) -std=c11 -O2 -g -fsanitize=address,undefined -fno-sanitize-recover=all -o tests/faults/out/fuzz_pages \
	  tests/faults/fuzz_pages.c native/*.c -lm
	tests/faults/out/fuzz_pages $(EXECUTIONS) $(SEED)

N ?= 1000
kills: .venv/installed  ## kill runs at random moments: make kills N=1000
	$(BIN)/python tests/faults/kills.py --kills $(N)

clean:
	rm -rf .venv demo site .pytest_cache .mypy_cache .ruff_cache .hypothesis benchmarks/out tests/faults/out

# Each target sets up what it needs, from Python 3.11 or newer, make and git alone.
#   make book       build the site into _build/html
#   make test       everything that CI runs
#   make notebooks  execute the chapters again and store their outputs
#   make bench      measure package, widgets, grader and pages beside their peers; store the tables
#   make lab        run the notebooks in JupyterLab, in an environment as Binder makes it
#   make links      ask whether the links to other sites still lead somewhere
#   make audit      ask whether anything is known against a dependency
#   make lock       lock what pyproject.toml asks for; UPGRADE=--upgrade takes the newest versions
#   make pictures   take the pictures of the site that stand elsewhere
#   make serve      build the site, serve it on localhost, and do so again on every change
#   make clean      remove what the other targets made, but for the environment

BIN := .venv/bin
BOOK := $(BIN)/python tools/build_book.py -W --keep-going -n .
NOTEBOOKS := $(wildcard chapters/*.ipynb)

# Dozens of processes import the package: compile it once, also where this variable forbids it.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := book
.PHONY: book test check notebooks bench pictures serve lab lock links audit clean chromium sandbox

book: .venv/installed _build/extensions
	$(BIN)/python tools/site_assets.py
	$(BOOK)
	@echo "The site is built. Open _build/html/index.html in a browser."

test: check book chromium sandbox
	$(BIN)/pytest -n 2 --dist loadfile

check: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell

chromium: .venv/installed
	@$(BIN)/python tools/find_chromium.py --install

sandbox: .venv/installed
	@$(BIN)/python tools/find_sandbox.py --install

notebooks: .venv/installed
	$(BIN)/python tools/notebooks.py

bench: chromium
	$(BIN)/python -m benchmarks

lab: chromium
	$(BIN)/python tools/try_lab.py

links: book
	$(BIN)/python tools/links.py

audit: .venv/installed
	$(BIN)/python tools/audit.py

lock: $(BIN)/uv
	$(BIN)/python tools/lock.py $(UPGRADE)

# Locking needs no more of the environment, which cannot follow pyproject.toml before it is locked.
$(BIN)/uv:
	@sh tools/make_environment.sh

pictures: book chromium
	$(BIN)/python tools/pictures.py

serve: book
	@$(BIN)/python tools/serve.py $(BOOK)

clean:
	rm -rf _build .pytest_cache .ruff_cache .hypothesis

# The lock file pins uv itself; uv then makes the environment what the lock file says.
.venv/installed: pyproject.toml uv.lock tools/make_environment.sh
	@sh tools/make_environment.sh
	@touch $@

# Pages are up to date for Sphinx when their sources are; what makes pages of them counts here.
_build/extensions: $(wildcard _ext/* _templates/*)
	@rm -rf _build/html _build/.doctrees
	@mkdir -p _build
	@touch $@

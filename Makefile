# Two commands are enough: `make run` opens the desk on demo data, `make test` runs every test.
# Both set up whatever is missing first. Everything is done by packaging/bootstrap.py, which also
# serves where there is no make: `py packaging\bootstrap.py run`.

# Any Python from 3.11 to 3.14 will do; one that is first in PATH but does not fit is passed over.
PYTHON ?= $(shell for each in python3 /usr/bin/python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$each -c 'import ctypes, ssl, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
	>/dev/null 2>&1; then echo $$each; break; fi; done)

# Further words for the command, as in: make run ARGS="--records 500"
ARGS ?=

GOALS := setup run test lint bench soak package audit lock strings clean

.PHONY: help $(GOALS)

help:
	@echo "make run      open the desk on demo data"
	@echo "make test     check the code and run every test"
	@echo "make setup    only set up the environment in .venv"
	@echo "make lint     check style, imports and types"
	@echo "make strings  collect the texts and compile the translations"
	@echo "make bench    measure speed and size"
	@echo "make soak     let the desk work for a long time and watch it"
	@echo "make package  build bundles, packages and installers into dist/"
	@echo "make audit    ask the vulnerability lists about every package"
	@echo "make lock     choose the versions of all packages anew"
	@echo "make clean    remove what was made here"
	@echo
	@echo 'More words for a command go into ARGS: make run ARGS="--records 500"'

$(GOALS):
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.14 is needed; on Debian: apt-get install python3" >&2; exit 1; }
	@$(PYTHON) packaging/bootstrap.py $@ $(ARGS)

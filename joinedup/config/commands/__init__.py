"""One module a verb: `add(verbs)` says what it takes, `run(asked)` does it; heavy imports wait for `run`."""

"""One module a cohort; its docstring is the definition."""

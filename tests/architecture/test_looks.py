"""Every look says from where it was taken, and whether it may leave a trace (P14)."""

import ast

from tests.architecture.rooms import CODE


def test_no_look_goes_without_its_marks() -> None:
    """P14: a look written without `marks(viewer)` would be told to the person whatever its purpose."""
    bare = [
        f"{path.relative_to(CODE)}:{call.lineno}"
        for path in CODE.glob("**/*.py")
        if "audit" not in path.parts
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"record_look", "record_looks"}
        and not any(keyword.arg is None for keyword in call.keywords)
    ]
    assert bare == []


ABOUT_PEOPLE = {"matter", "referral", "case", "exit", "correction", "involvement", "holding"}


def test_no_change_in_a_matter_goes_without_whom_it_is_about() -> None:
    """Issue 3, point 9: a change is found by the person; `leave_the_change` finds whom a matter is about."""
    nameless = [
        f"{path.relative_to(CODE)}:{call.lineno}"
        for path in CODE.glob("**/*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"record_change", "record_changes"}
        and (said := {each.arg: each.value for each in call.keywords})
        and getattr(said.get("subject_kind"), "value", "") in ABOUT_PEOPLE
        and not said.keys() & {"person_id", None}
    ]
    assert nameless == []

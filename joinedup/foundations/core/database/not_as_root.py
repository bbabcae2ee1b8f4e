"""Becomes somebody other than root, then the command it is given; PostgreSQL will not run as root.

Run as a script, so that nothing of ours is loaded in the process that changes: `WAY DIES command...`
where WAY is `self`, `namespace` or the number of the user to become, and DIES is 1 when it should
end with its parent.
"""

import contextlib
import ctypes
import os
import signal
import struct
import sys

_SET_PARENT_DEATH, _KEEP_CAPABILITIES, _AMBIENT, _AMBIENT_RAISE = 1, 8, 47, 2
_DAC_OVERRIDE = 1


def _become_user(number: int) -> None:
    """Become another user who may still reach files under root's own folders, where Linux allows that."""
    linux = sys.platform == "linux"
    libc = ctypes.CDLL(None, use_errno=True)
    if linux:
        libc.prctl(_KEEP_CAPABILITIES, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(number)
    os.setuid(number)
    if linux:
        # Version 3 of the header; effective, permitted, inheritable, then their upper halves.
        header = struct.pack("Ii", 0x20080522, 0)
        wanted = struct.pack("6I", *[1 << _DAC_OVERRIDE] * 3, 0, 0, 0)
        if libc.capset(header, wanted) == 0:
            libc.prctl(_AMBIENT, _AMBIENT_RAISE, _DAC_OVERRIDE, 0, 0)


def _main() -> None:
    way, dies, *command = sys.argv[1:]
    if way == "namespace":
        os.unshare(os.CLONE_NEWUSER)
    elif way != "self":
        _become_user(int(way))
    if dies == "1" and sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH, signal.SIGINT, 0, 0, 0)
    if command:
        os.execv(command[0], command)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        _main()

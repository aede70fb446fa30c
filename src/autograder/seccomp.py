"""A filter of system calls: what no notebook needs, and what escapes the other limits.

Memory of files without a name, of System V and of network connections is counted to no process, so
no limit holds it.  Locks on files, and what tells that a file is read, would let two sandboxes hear
each other through the files that both are shown.  Sockets of other families than Unix's lead out of
a name space, some of them to the host of a virtual machine.  The rest are doors into the kernel
that Python and NumPy never use.  A call that is refused fails with "Operation not permitted".  On
processors that are not listed there is no filter.
"""

import errno
import platform
import struct

# audit architecture, then system calls by name, in the kernel's own numbers
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CALLS = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "flock": (73, 32),
    "inotify_init": (253, 26),  # which ARM has in the form with flags alone
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    "fadvise64": (221, 223),
    "readahead": (187, 213),
    "mincore": (27, 232),
    "cachestat": (451, 451),
    "preadv2": (327, 286),
}
# Calls that are refused for some values of an argument, or for all values but some.
SOCKETS = {"socket": (41, 198), "socketpair": (53, 199)}
AF_UNIX = 1
FCNTL = (72, 25)
COMMANDS = {
    **{"F_GETLK": 5, "F_SETLK": 6, "F_SETLKW": 7},
    **{"F_OFD_GETLK": 36, "F_OFD_SETLK": 37, "F_OFD_SETLKW": 38},
    **{"F_SETLEASE": 1024, "F_GETLEASE": 1025, "F_NOTIFY": 1026},
}
FIRST_OF_X32 = 0x40000000  # a second table of x86-64, with the same calls under other numbers

# instructions of the Berkeley packet filter, and what it may return
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # where they stand in what the filter is shown
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000


def program(machine: str | None = None) -> bytes:
    """Return the filter for a processor, empty where it is not known."""
    machine = machine or platform.machine()
    if machine not in ARCHITECTURES:
        return b""
    column = list(ARCHITECTURES).index(machine)
    refused, sockets = ([call[column] for call in table.values()] for table in (CALLS, SOCKETS))
    instructions = [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, ARCHITECTURES[machine]),  # else fall to:
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (IF_AT_LEAST, 0, 1, FIRST_OF_X32),
        (RETURN, 0, 0, REFUSE),
        *refusing(refused),
        *only_if(sockets, argument=0, refuse_others=True, values=[AF_UNIX]),
        *only_if([FCNTL[column]], argument=1, refuse_others=False, values=COMMANDS.values()),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def refusing(numbers):
    """Return instructions that refuse these numbers, and go on with all others."""
    numbers = list(numbers)
    tests = [(IF_EQUAL, len(numbers) - i - 1, 0, number) for i, number in enumerate(numbers)]
    return [*tests[:-1], (IF_EQUAL, 0, 1, numbers[-1]), (RETURN, 0, 0, REFUSE)]


def only_if(calls, *, argument, refuse_others, values):
    """Return instructions that judge calls by the value of an argument, and pass over others.

    Of the value they see the lower half, which is all of a C `int`; so little comes first.
    """
    values = list(values)
    given, others = (ALLOW, REFUSE) if refuse_others else (REFUSE, ALLOW)
    judging = [
        (LOAD, 0, 0, ARGUMENTS + 8 * argument),
        *((IF_EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)),
        (RETURN, 0, 0, others),
        (RETURN, 0, 0, given),
    ]
    skip = [(IF_EQUAL, len(calls) - i - 1, 0, number) for i, number in enumerate(calls)]
    return [*skip[:-1], (IF_EQUAL, 0, len(judging), calls[-1]), *judging]

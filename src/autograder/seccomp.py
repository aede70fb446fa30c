"""A filter of system calls: what no notebook needs, and what escapes the other limits.

Memory of files without a name and of System V is counted to no process, so no limit holds it.  The
rest are doors into the kernel that Python and NumPy never use.  A call that is refused fails with
"Operation not permitted".  On processors that are not listed there is no filter.
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
}
FIRST_OF_X32 = 0x40000000  # a second table of x86-64, with the same calls under other numbers

# instructions of the Berkeley packet filter, and what it may return
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE = 0, 4  # where they stand in what the filter is shown
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000


def program(machine: str | None = None) -> bytes:
    """Return the filter for a processor, empty where it is not known."""
    machine = machine or platform.machine()
    if machine not in ARCHITECTURES:
        return b""
    numbers = [call[list(ARCHITECTURES).index(machine)] for call in CALLS.values()]
    instructions = [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, ARCHITECTURES[machine]),  # else fall to:
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (IF_AT_LEAST, len(numbers) + 1, 0, FIRST_OF_X32),
        *((IF_EQUAL, len(numbers) - i, 0, number) for i, number in enumerate(numbers)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)

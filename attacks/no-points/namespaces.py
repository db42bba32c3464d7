"""Kernel: new namespaces, mounts, chroot and devices

unshare, setns, clone, mount, pivot_root, mknod, each by number; then the programs that do the same.
"""
import ctypes
import os
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
print([libc.unshare(flag) for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000)])
print(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), libc.syscall(435, ctypes.create_string_buffer(88), 88))
print(libc.syscall(56, 0x10000011, 0, 0, 0, 0))
for do in (lambda: os.chroot("/tmp"), lambda: os.mknod("/tmp/disk", 0o60600, os.makedev(254, 0)),
           lambda: os.setuid(0), lambda: os.seteuid(0), lambda: os.setgroups([0])):
    try: print("done", do())
    except OSError as error: print(error)
for program in ("su", "sudo", "mount", "unshare", "bwrap", "crontab", "at", "systemd-run"):
    try: print(subprocess.run([program, "--help"], capture_output=True).returncode)
    except OSError as error: print(error)

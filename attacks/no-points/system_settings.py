"""Kernel: settings that root can change by number alone

core_pattern, sysrq, overcommit, oom_score_adj, and every writable file below /proc/sys.
"""
import os

written = []
for folder, _, files in os.walk("/proc/sys"):
    for name in files:
        try:
            os.close(os.open(os.path.join(folder, name), os.O_WRONLY))
            written.append(name)
        except OSError: pass
for path, text in (("/proc/sysrq-trigger", "h"), ("/proc/self/oom_score_adj", "-1000"), ("/proc/self/timerslack_ns", "0")):
    try:
        with open(path, "w") as file: file.write(text)
        written.append(path)
    except OSError: pass
print("written", written)

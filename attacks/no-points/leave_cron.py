"""Leaving: jobs for later

Files of cron, at, systemd and anacron, and their programs.
"""
import os
import subprocess

for path in ("/etc/cron.d/descent-left", "/var/spool/cron/crontabs/descent-left", "/var/spool/at/descent-left",
             "/etc/systemd/system/descent-left.timer", os.path.expanduser("~/.config/systemd/user/descent-left.service")):
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file: file.write("* * * * * root touch /tmp/descent-left-cron\n")
    except OSError: pass
for command in (["crontab", "-"], ["at", "now + 1 minute"], ["systemd-run", "true"]):
    try: subprocess.run(command, input=b"* * * * * touch /tmp/descent-left-cron\n", timeout=2)
    except OSError: pass

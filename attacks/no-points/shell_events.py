"""Hooks of the shell: what happens before and after a cell

pre_run_cell binds a fake `check`; post_run_cell forgets the error.
"""
shell = get_ipython()


class Fine:
    def __getattr__(self, name): return lambda *a, **k: self


def before(*info):
    shell.user_ns["check"] = Fine()


def after(result):
    result.error_in_exec = result.error_before_exec = None


for event in ("pre_execute", "pre_run_cell"): shell.events.register(event, before)
shell.events.register("post_run_cell", after)

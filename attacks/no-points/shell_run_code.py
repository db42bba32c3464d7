"""Hooks of the shell: run_code, run_ast_nodes and showtraceback are replaced

So nothing runs, nothing fails, and nothing is shown.
"""
shell = get_ipython()


async def nothing(*args, **kwargs): return False


def quiet(*args, **kwargs): return None


type(shell).run_code = type(shell).run_ast_nodes = nothing
type(shell).showtraceback = type(shell)._showtraceback = type(shell).showsyntaxerror = quiet
shell.set_custom_exc((BaseException,), quiet)
shell.display_trap = shell.compile = shell.displayhook

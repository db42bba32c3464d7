"""Output: the grader's own outputs are cleared

Ten thousand clear_output messages, some waiting, some for displays of other cells.
"""
from IPython.display import clear_output

for _ in range(10_000): clear_output(wait=True)
clear_output()

"""The kinds of small change that make a wrong answer from a right one."""

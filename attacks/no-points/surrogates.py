"""Text: lone surrogates, null bytes and control characters in every name and output

Whoever writes them as UTF-8 without thinking stops.
"""
from IPython.display import display

print("\ud800 \x00 \x1b[2J \u202e ")
display({"text/plain": "\udfff", "text/html": "\x00"}, raw=True)
globals()["\ud800"] = 1
raise ValueError("\ud800\x00")

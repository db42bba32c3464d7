"""The live board: a page on which a teacher sees how the class's instant checks go, now."""

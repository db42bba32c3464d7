"""The course's own models, which explorables use and answers may not call."""

"""Notebooks spoilt at random: each ends with a verdict."""

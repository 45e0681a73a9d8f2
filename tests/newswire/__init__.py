"""The Reuters-21578 collection of newswire items of 1987 as a dossier, for measuring with real data.

The collection may be used for research only: neither it nor anything made of it belongs into the repository.
"""

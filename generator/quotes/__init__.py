"""What `dossier quotes` does: the lock of what is proven here, and proposals for what is not found."""

from generator.quotes.lock import LOCK_FILE, LockChange, format_lock, plan_lock, write_lock
from generator.quotes.proposals import Proposal, accept_proposals, choose_proposals, find_proposals
from generator.quotes.show import quotes_as_json, show_quotes

__all__ = [
    "LOCK_FILE",
    "LockChange",
    "Proposal",
    "accept_proposals",
    "choose_proposals",
    "find_proposals",
    "format_lock",
    "plan_lock",
    "quotes_as_json",
    "show_quotes",
    "write_lock",
]

"""Records of the audit: lines, their tree, and inquiries into what is unusual."""

from joinedup.foundations.audit.models.inquiry import Inquiry
from joinedup.foundations.audit.models.line import Entry, KeptApart
from joinedup.foundations.audit.models.tree import Leaf, TreeCheck, TreeHead, TreeNode

__all__ = ["Entry", "Inquiry", "KeptApart", "Leaf", "TreeCheck", "TreeHead", "TreeNode"]

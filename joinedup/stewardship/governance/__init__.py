"""Bodies, meetings, papers, decisions, declarations of interest."""

"""Pooled, aligned and shadow funds; double-entry; risk share."""

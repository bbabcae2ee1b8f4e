"""Section 75, section 256, memoranda, SLAs; obligations and delegated functions."""

"""Two-sided: offer, accept, return; one named duty holder at every instant."""

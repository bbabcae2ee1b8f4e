"""What pages and nights ask of deliveries, links and reviews; viewer first."""

"""What people do with question sets: write, publish, retire, answer."""

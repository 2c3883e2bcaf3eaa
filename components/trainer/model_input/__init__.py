"""What a network gets to see of a drawing, in training and in serving."""

"""Procedurally drawn doodles in the layout of the Kaggle Quick, Draw! challenge."""

"""Trained models, and the corpus they are trained on."""

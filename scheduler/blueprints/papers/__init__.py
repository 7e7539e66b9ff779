"""The room `papers`: what is printed for a delegation and for a site."""

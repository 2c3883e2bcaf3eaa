"""Transform: drawing text to raster image, in one TensorFlow graph that is also served."""

"""StatisticsGen: TFDV's statistics of every split, from batches instead of single records."""

"""What a city hands over to its province: counts, or pseudonyms of persons, as Parquet files."""

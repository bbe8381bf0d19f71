"""Papers: what is handed out as a file, in Chinese, as Word or PDF."""

"""Framework agreements: concluded once by competition, called off need by need (R47)."""

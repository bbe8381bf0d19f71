"""Third-party evaluation of delivery (评估); bid review (评审) is in panels."""

"""Stories, rules and the support they stand on."""

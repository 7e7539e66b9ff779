"""Search from anywhere: delegations, people by post, sites, visits."""

"""What is remembered, one file a subject, in the words of the domain. Rows never leave."""

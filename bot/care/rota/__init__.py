"""Who is on call, who is away, who stands in: and what staff should hear before it matters."""

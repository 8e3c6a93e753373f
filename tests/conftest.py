"""What holds for every test."""

from hypothesis import HealthCheck, settings

# No property is held to a time: a machine may be four times as slow as a minute ago.
settings.register_profile("hearth", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hearth")

"""Flask-WTF forms: they check shape; operations check meaning."""

"""The regulation as pure functions; its values live in `parameters/*.toml`, dated and cited."""

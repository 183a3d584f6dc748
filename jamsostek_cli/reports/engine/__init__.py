"""Engines that answer a question over the drops of many cities; a module of this room imports each."""

"""Engines that answer a question over the drops of many cities; each is imported by one module of this room."""

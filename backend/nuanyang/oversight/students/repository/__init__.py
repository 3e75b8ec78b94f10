"""Hot reads of students: SQL composed one sub-select a data class, JSON by PostgreSQL."""

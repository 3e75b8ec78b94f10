"""The server's settings file, sized to the machine."""

import os
from pathlib import Path

TEMPLATE = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0777
password_encryption = 'scram-sha-256'
max_connections = {connections}
max_wal_senders = 4
shared_buffers = {shared_buffers}MB
effective_cache_size = {cache}MB
work_mem = 16MB
maintenance_work_mem = {maintenance}MB
wal_compression = on
wal_buffers = 16MB
min_wal_size = 512MB
max_wal_size = 4GB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
random_page_cost = 1.1
effective_io_concurrency = 64
max_worker_processes = 8
max_parallel_workers_per_gather = 1
jit = off
autovacuum_vacuum_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.02
autovacuum_vacuum_insert_scale_factor = 0.1
idle_in_transaction_session_timeout = '60s'
lock_timeout = '10s'
shared_preload_libraries = '{preload}'
log_min_duration_statement = '500ms'
log_parameter_max_length = 0
log_line_prefix = '%m [%p] %u@%d %a '
logging_collector = on
log_directory = 'log'
log_filename = 'pg-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
timezone = 'UTC'
log_timezone = 'UTC'
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""


def server_settings(*, port: int, socket_folder: Path | None, connections: int, durable: bool, has_statistics: bool) -> str:
    """Return the settings for this machine's memory; without `durable` a crash may lose everything (tests only)."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return TEMPLATE.format(
        port=port,
        socket_folder=socket_folder or "",
        connections=connections,
        shared_buffers=max(128, min(memory // 8, 4096)),
        cache=memory // 2,
        maintenance=max(64, min(512, memory // 16)),
        preload="pg_stat_statements" if has_statistics else "",
        durable="on" if durable else "off",
    )

/** Server settings; given on the command line, so that they follow the code and not the cluster. */
export type Settings = Readonly<Record<string, string>>;

export const defaultSettings: Settings = {
  listen_addresses: '127.0.0.1',
  // A socket path may not be longer than 107 bytes; a deep checkout would break the start.
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  // Short statements by the thousand: compiling or splitting them up costs more than it gains,
  // and parallel workers need more shared memory than a container has by default.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/** The value of pg_ctl's `-o`. Values are ours; they hold no quotes. */
export function serverOptions(settings: Settings, port: number): string {
  return Object.entries({ ...settings, port: `${port}` })
    .map(([name, value]) => `-c ${name}=${value === '' ? '""' : value}`)
    .join(' ');
}

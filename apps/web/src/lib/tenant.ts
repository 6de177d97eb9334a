const PREFIX = /^\/w\/([a-z0-9-]{1,40})(?=\/|$)/;

/** The slug in `/w/<slug>/…`, or null when the path has no such prefix. */
export function slugOf(pathname: string): string | null {
  return PREFIX.exec(pathname)?.[1] ?? null;
}

export function withoutPrefix(pathname: string): string {
  return pathname.replace(PREFIX, '') || '/';
}

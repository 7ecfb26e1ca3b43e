/** The key by which a part of an API is found: its route, its stage, its method; of what it has several at one place, all of them. */
export function within(api: unknown, ...place: readonly unknown[]): string {
  return [api, ...place].map(String).join("/");
}

import type { AuthorityRecords, KeptAuthority } from "#server/ports/certificates.ts";

export function memoryAuthority(): AuthorityRecords {
  let kept: KeptAuthority | null = null;
  return {
    read: async () => kept,
    async create(authority) {
      if (kept !== null) throw new Error("There is an authority already.");
      kept = authority;
    },
    async putIssued(issued) {
      if (kept !== null) kept = { ...kept, issued };
    },
  };
}

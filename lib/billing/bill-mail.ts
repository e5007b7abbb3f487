import type { Order } from "@/lib/generated/prisma/client.ts";

/** Where letters about a bill go: to who pays it. Everything else is for who bought the home. */
export const billMail = ({ payerEmail, email }: Pick<Order, "payerEmail" | "email">): string =>
  payerEmail ?? email ?? "";

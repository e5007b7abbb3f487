/** How far a refund is, from the vendor's word for it. */
export const refundState = (status: string | null): "pending" | "done" | "failed" =>
  status === "succeeded" ? "done" : status === "failed" || status === "canceled" ? "failed" : "pending";

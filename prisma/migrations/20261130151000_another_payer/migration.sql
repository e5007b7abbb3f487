-- Who pays where another of the family took over the bill, and what the payment vendor's customer says of it.
ALTER TABLE "Order" ADD COLUMN "payerChange" TEXT;
ALTER TABLE "Order" ADD COLUMN "payerName" TEXT;
ALTER TABLE "Order" ADD COLUMN "payerEmail" TEXT;
ALTER TABLE "Order" ADD COLUMN "payerSince" TIMESTAMP(3);
CREATE INDEX "Order_payerEmail_idx" ON "Order"("payerEmail");
CREATE INDEX "Order_payer_parts" ON "Order" USING GIN ("payerEmail" gin_trgm_ops);
ALTER TABLE "Customer" ADD COLUMN "payerChange" TEXT;
ALTER TABLE "Customer" ADD COLUMN "payerName" TEXT;
ALTER TABLE "Customer" ADD COLUMN "payerSince" TIMESTAMP(3);

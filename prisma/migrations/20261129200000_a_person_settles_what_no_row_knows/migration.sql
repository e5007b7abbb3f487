-- A payment that no order knows is settled by a person, and its row says by whom, when and how.
ALTER TABLE "StrayPayment" ADD COLUMN "paymentIntentId" TEXT,
ADD COLUMN "email" TEXT,
ADD COLUMN "begunAt" TIMESTAMP(3),
ADD COLUMN "settledAt" TIMESTAMP(3),
ADD COLUMN "settledBy" TEXT,
ADD COLUMN "settledHow" TEXT;
CREATE INDEX "StrayPayment_settledAt_seenAt_idx" ON "StrayPayment"("settledAt", "seenAt");

-- It goes back as any other money does: a refund is of an order or of such a payment, and each of these has one at most.
ALTER TABLE "Refund" ALTER COLUMN "orderId" DROP NOT NULL,
ADD COLUMN "sessionId" TEXT,
ADD CONSTRAINT "Refund_of_one_thing" CHECK (num_nonnulls("orderId", "sessionId") = 1);
CREATE UNIQUE INDEX "Refund_sessionId_key" ON "Refund"("sessionId");
ALTER TABLE "Refund" ADD CONSTRAINT "Refund_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StrayPayment"("sessionId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Those that were found before do not say which payment it was: the vendor's list is read from its beginning once more.
DELETE FROM "Cursor" WHERE "name" = 'payments' AND EXISTS (SELECT 1 FROM "StrayPayment");

-- Names in which the registrar's list and our homes differ.
CREATE TABLE "NameDifference" (
    "name" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "looks" INTEGER NOT NULL,
    "firstSeenAt" TIMESTAMP(3) NOT NULL,
    "settledAt" TIMESTAMP(3),
    "settledBy" TEXT,

    CONSTRAINT "NameDifference_pkey" PRIMARY KEY ("name")
);

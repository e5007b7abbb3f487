-- What a family wants of its bill is written down before the payment vendor is asked.
-- CreateTable
CREATE TABLE "BillChange" (
    "id" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "terms" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL,
    "askedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3),
    "deadAt" TIMESTAMP(3),
    "detail" TEXT,

    CONSTRAINT "BillChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "BillChange_cause_key" ON "BillChange"("cause");

-- CreateIndex
CREATE INDEX "BillChange_state_nextTryAt_idx" ON "BillChange"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "BillChange_orderId_createdAt_idx" ON "BillChange"("orderId", "createdAt");

-- AddForeignKey
ALTER TABLE "BillChange" ADD CONSTRAINT "BillChange_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



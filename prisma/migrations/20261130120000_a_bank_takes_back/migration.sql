-- How often a bank was sent evidence, and the warnings that come before a dispute: copied with the rest from now on.
ALTER TABLE "Dispute" ADD COLUMN "submissions" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "FraudWarning" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "paymentIntentId" TEXT,
    "kind" TEXT NOT NULL,
    "actionable" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FraudWarning_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "FraudWarning_customerId_idx" ON "FraudWarning"("customerId");

-- AddForeignKey
ALTER TABLE "FraudWarning" ADD CONSTRAINT "FraudWarning_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From where a buyer ticked "begin now": a bank asks for it when the payment is disputed.
ALTER TABLE "Order" ADD COLUMN "consentFrom" TEXT;

-- AlterTable
ALTER TABLE "Refund" ADD COLUMN     "paymentIntentId" TEXT NOT NULL,
ADD COLUMN     "subscriptionId" TEXT;

-- AlterTable
ALTER TABLE "Refund" ADD COLUMN     "detail" TEXT;

-- AlterTable
ALTER TABLE "WebhookEvent" ADD COLUMN     "orderId" TEXT;

-- DropIndex
DROP INDEX "Mail_sentAt_idx";

-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "detail" TEXT,
ADD COLUMN     "nextTryAt" TIMESTAMP(3) NOT NULL;

-- CreateIndex
CREATE INDEX "Mail_sentAt_nextTryAt_idx" ON "Mail"("sentAt", "nextTryAt");


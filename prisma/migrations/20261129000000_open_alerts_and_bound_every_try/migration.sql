-- What a person of ours must look at. `open` is unique while it is open, and null once it is over.
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL,
    "open" TEXT,
    "about" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "step" TEXT,
    "orderId" TEXT,
    "tenantId" TEXT,
    "detail" TEXT,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Alert_open_key" ON "Alert"("open");
CREATE INDEX "Alert_tenantId_openedAt_idx" ON "Alert"("tenantId", "openedAt");
CREATE INDEX "Alert_orderId_openedAt_idx" ON "Alert"("orderId", "openedAt");

-- Bells whose answer failed wait here, ever longer, until they are answered or given up.
CREATE TABLE "FailedBell" (
    "id" TEXT NOT NULL,
    "bell" JSONB NOT NULL,
    "tries" INTEGER NOT NULL,
    "firstAt" TIMESTAMP(3) NOT NULL,
    "nextTryAt" TIMESTAMP(3) NOT NULL,
    "deadAt" TIMESTAMP(3),
    "detail" TEXT NOT NULL,

    CONSTRAINT "FailedBell_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "FailedBell_deadAt_nextTryAt_idx" ON "FailedBell"("deadAt", "nextTryAt");

-- Mails are given up too.
ALTER TABLE "Mail" ADD COLUMN "deadAt" TIMESTAMP(3);
DROP INDEX "Mail_sentAt_nextTryAt_idx";
CREATE INDEX "Mail_sentAt_deadAt_nextTryAt_idx" ON "Mail"("sentAt", "deadAt", "nextTryAt");

-- So are refunds. Those that are open now are due at once.
ALTER TABLE "Refund" ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "asks" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "nextTryAt" TIMESTAMP(3),
ADD COLUMN "deadAt" TIMESTAMP(3);

-- What a name costs from its second year on, a row a year.
-- CreateTable
CREATE TABLE "NameYear" (
    "orderId" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "beginsAt" TIMESTAMP(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "agreedMinor" INTEGER NOT NULL,
    "beforeMinor" INTEGER NOT NULL,
    "askedMinor" INTEGER,
    "wholesale" JSONB,
    "dear" BOOLEAN NOT NULL DEFAULT false,
    "readAt" TIMESTAMP(3),
    "announcedAt" TIMESTAMP(3),
    "answer" TEXT,
    "answeredAt" TIMESTAMP(3),
    "answeredBy" TEXT,
    "priceMinor" INTEGER,
    "decidedAt" TIMESTAMP(3),
    "writtenAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3),
    "detail" TEXT,

    CONSTRAINT "NameYear_pkey" PRIMARY KEY ("orderId","year")
);

-- CreateIndex
CREATE INDEX "NameYear_readAt_nextTryAt_idx" ON "NameYear"("readAt", "nextTryAt");

-- CreateIndex
CREATE INDEX "NameYear_beginsAt_idx" ON "NameYear"("beginsAt");

-- AddForeignKey
ALTER TABLE "NameYear" ADD CONSTRAINT "NameYear_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Up to where a vendor's own list was compared with ours. It is set back with the database, so that what the vendor
-- remembers and a restored database does not is found again.
CREATE TABLE "Cursor" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "lookedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Cursor_pkey" PRIMARY KEY ("name")
);

-- Money the vendor has and no order of ours knows of.
CREATE TABLE "StrayPayment" (
    "sessionId" TEXT NOT NULL,
    "orderId" TEXT,
    "subscriptionId" TEXT,
    "totalMinor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "seenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StrayPayment_pkey" PRIMARY KEY ("sessionId")
);

-- What a parent agrees to for a child: with the order, and once the child has a row, with that.
ALTER TABLE "Order" ADD COLUMN "childConsent" JSONB;

CREATE TABLE "Consent" (
    "personId" TEXT NOT NULL,
    "nth" INTEGER NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,
    "by" TEXT,
    "text" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "from" TEXT,
    "withdrawnAt" TIMESTAMP(3),
    "withdrawnBy" TEXT,
    "keptUntil" TIMESTAMP(3),

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("personId","nth")
);

CREATE INDEX "Consent_keptUntil_idx" ON "Consent"("keptUntil");

ALTER TABLE "Consent" ADD CONSTRAINT "Consent_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

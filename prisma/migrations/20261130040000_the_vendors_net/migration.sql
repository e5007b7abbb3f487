-- What an entry changed in the vendor's account of our money, as the vendor reckons it: copied with the rest from now on.
ALTER TABLE "Movement" ADD COLUMN "netMinor" INTEGER NOT NULL DEFAULT 0;
UPDATE "Movement" SET "netMinor" = "balanceMinor" - "feeMinor";

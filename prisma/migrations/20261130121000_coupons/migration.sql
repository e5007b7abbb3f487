-- What coupons take off a bill, and took off each invoice: copied with the rest from now on.
ALTER TABLE "Subscription" ADD COLUMN "discounts" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "Invoice" ADD COLUMN "offMinor" INTEGER NOT NULL DEFAULT 0;

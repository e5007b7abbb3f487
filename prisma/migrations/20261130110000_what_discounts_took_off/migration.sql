-- What discounts took off a line of an invoice: what is given is not asked back from whoever leaves.
-- AlterTable
ALTER TABLE "InvoiceLine" ADD COLUMN     "offMinor" INTEGER NOT NULL DEFAULT 0;


-- A person's yes to a purchase above a limit is to a price. A yes without one cannot be carried over: it is asked for again.
ALTER TABLE "Tenant" DROP COLUMN "purchaseApproved", ADD COLUMN "approvedPrice" JSONB;

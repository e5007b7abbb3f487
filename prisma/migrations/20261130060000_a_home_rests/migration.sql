-- Why a home's homeserver is kept stopped, everything else being kept, and since when.
ALTER TABLE "Tenant" ADD COLUMN     "restsBecause" TEXT,
ADD COLUMN     "restsSince" TIMESTAMP(3);

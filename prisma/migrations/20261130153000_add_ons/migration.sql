-- What is agreed to be beside a home, where that was changed once, as the payment vendor's subscription says.
ALTER TABLE "Subscription" ADD COLUMN "addOns" TEXT;

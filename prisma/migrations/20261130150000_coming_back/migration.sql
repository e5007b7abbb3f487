-- What a visit to the payment page is for, and of one that opens a home again whose bill has ended its consent and its payment.
ALTER TABLE "Checkout" ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'first',
ADD COLUMN     "consentAt" TIMESTAMP(3),
ADD COLUMN     "consentText" TEXT,
ADD COLUMN     "consentFrom" TEXT,
ADD COLUMN     "paidAt" TIMESTAMP(3),
ADD COLUMN     "paidMinor" INTEGER,
ADD COLUMN     "paymentIntentId" TEXT,
ADD COLUMN     "subscriptionId" TEXT;
CREATE UNIQUE INDEX "Checkout_subscriptionId_key" ON "Checkout"("subscriptionId");

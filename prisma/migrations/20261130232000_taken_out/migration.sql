-- Whoever has used a card can be taken out of a home too, and be brought back within thirty days. Everybody there is so far lives there.
ALTER TABLE "Person" ADD COLUMN "takenOutAt" TIMESTAMP(3);
ALTER TABLE "Person" ADD COLUMN "goneAt" TIMESTAMP(3);
CREATE INDEX "Person_takenOutAt_idx" ON "Person"("takenOutAt");

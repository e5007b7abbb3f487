-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "typed" JSONB;

-- Since when nobody has answered a step, or a bug of ours has been in its way: the longer, the less often we ask.
ALTER TABLE "StepState" ADD COLUMN "unansweredSince" TIMESTAMP(3);

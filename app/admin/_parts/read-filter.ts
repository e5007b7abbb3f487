import { type EventFilter, eventFilters } from "@/lib/staff/timeline.ts";

export const readFilter = (word: string): EventFilter => eventFilters.find((one) => one === word) ?? "all";

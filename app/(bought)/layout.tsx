import type { ReactNode } from "react";
import { SiteFoot } from "../_frame/site-foot.tsx";

/** What comes after paying: nothing to save for later any more. Each page brings its own bar. */
export default function BoughtLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <SiteFoot />
    </>
  );
}

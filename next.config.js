import createNextIntlPlugin from "next-intl/plugin";

/** Said on every answer, files included. What differs by request or by setting is in proxy.ts. */
const always = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  // Not "no-referrer": with it a form sent without scripts has no origin, and Next refuses it.
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
];

/** @type {import('next').NextConfig} */
const config = {
  output: "standalone",
  // Under the one folder of everything that is made; scripts/service/build.ts takes what is served out of it.
  distDir: ".nameplate/next",
  poweredByHeader: false,
  // We show no pictures; the optimizer has been the way in more than once.
  images: { unoptimized: true },
  // They read files of their own, or are needed as one copy by web and library alike.
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-pg",
    "bullmq",
    "cloudflare",
    "ioredis",
    "pg",
    "pino",
    "stripe",
  ],
  async headers() {
    return [
      { source: "/:path*", headers: always },
      // A font file never changes under its name.
      { source: "/fonts/:path*", headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }] },
    ];
  },
};

export default createNextIntlPlugin("./messages/request.ts")(config);

// esbuild hands a stylesheet over as its text (scripts/service/build.ts).
declare module "*.css" {
  const text: string;
  export default text;
}

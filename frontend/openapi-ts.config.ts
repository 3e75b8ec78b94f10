import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: process.env.OPENAPI ?? "../openapi/openapi.json",
  output: { path: process.env.OPENAPI_OUTPUT ?? "src/api", clean: true },
  plugins: [
    { name: "@hey-api/client-fetch", runtimeConfigPath: "./src/lib/http/client-config", throwOnError: true },
    // lib/http sets the token of every request; said once more at each operation it would only be weight.
    { name: "@hey-api/sdk", validator: false, auth: false },
    "@hey-api/typescript",
    { name: "@tanstack/react-query", queryOptions: true, infiniteQueryOptions: true, mutationOptions: true, queryKeys: true },
  ],
});

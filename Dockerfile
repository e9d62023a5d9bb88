# One service as an image, from the root of the repository:  docker build --build-arg SERVICE=checkout -t tuesday.local/checkout:dev .
# v1 and v2 are one image: the pod's label `version` decides. Layers that all services need come first, so that their images share them.
# Everything is built on the builder's own platform, even for another one: no package here is native, so nothing has to be emulated.

FROM --platform=${BUILDPLATFORM:-linux} node:24-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY cli/package.json cli/
COPY places/package.json places/
COPY packages/mesh/package.json packages/mesh/
COPY packages/service/package.json packages/service/
COPY packages/statistics/package.json packages/statistics/
COPY packages/traces/package.json packages/traces/
COPY services/billing/package.json services/billing/
COPY services/checkout/package.json services/checkout/
COPY services/recommendations/package.json services/recommendations/
COPY services/storefront/package.json services/storefront/

# OpenTelemetry's bundle. Vite, esbuild and Preact are installed here and not copied further.
FROM manifests AS plumbing
RUN npm ci --omit=dev --ignore-scripts --include-workspace-root --workspace=packages/service
COPY packages/service packages/service
RUN node packages/service/bundle.mjs

# The service and the result of its own build: the storefront's page.
FROM plumbing AS service
ARG SERVICE
COPY services/$SERVICE services/$SERVICE
RUN npm run build --if-present --workspace=services/$SERVICE && rm -rf services/$SERVICE/page services/$SERVICE/vite.config.ts

# The packages of packages/service. The legacy tracer is its optional peer, and a dependency of recommendations only.
FROM manifests AS installed
RUN npm pkg delete peerDependencies peerDependenciesMeta --workspace=packages/service \
  && npm ci --omit=dev --ignore-scripts --workspace=packages/service

# The same without the packages in the bundle and the files that only editors and debuggers read.
FROM installed AS shared
RUN find node_modules/@opentelemetry -mindepth 1 -maxdepth 1 ! -name api -exec rm -r {} + \
  && find node_modules packages -regex '.*\.\(map\|d\.[cm]?ts\)' -type f -delete \
  && test -z "$(find node_modules packages -name '*.node')"

# The service's additional packages.
FROM installed AS own
ARG SERVICE
RUN find node_modules ! -type d -print0 > /shared \
  && npm ci --omit=dev --ignore-scripts --workspace=services/$SERVICE \
  && xargs -0 rm -f < /shared && find node_modules -type d -empty -delete && mkdir -p node_modules \
  && test -z "$(find node_modules -name '*.node')"

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=shared /app/node_modules node_modules
COPY --from=shared /app/packages packages
COPY --from=plumbing /app/packages/service/dist packages/service/dist
COPY packages/service/src packages/service/src
ARG SERVICE
COPY --from=own /app/node_modules node_modules
# Owned by root, so that the service cannot change its code. OWNER=1000 is for `skaffold dev`, which writes each saved file into the running container.
ARG OWNER=0
COPY --from=service --chown=$OWNER:$OWNER /app/services/$SERVICE services/$SERVICE
WORKDIR /app/services/$SERVICE
# A number: with runAsNonRoot Kubernetes rejects a user name, since it cannot know that it is not root.
USER 1000:1000
EXPOSE 8080
# Node itself is process 1, so it receives SIGTERM. 1 MiB for young objects: by default they take half of an idle service's memory, unused.
ENTRYPOINT ["node", "--max-semi-space-size=1", "--import", "@tuesday/service/register", "src/main.ts"]

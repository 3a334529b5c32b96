# syntax=docker/dockerfile:1

# Node.js for wasm-opt, which makes the app small.
FROM node:22-bookworm-slim AS node

FROM rust:1.95-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && rustup component add rust-src
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/root/.npm,sharing=locked \
    --mount=type=cache,target=/src/target,sharing=locked \
    .ci/release /image && mkdir /image/data

# No shell and no package manager: the C library, certificates, and a user without rights.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /image/appointed /usr/local/bin/appointed
COPY --from=build --chown=nonroot:nonroot /image/data /data
# There is no PostgreSQL in here: DATABASE_URL names one.
ENV LISTEN=0.0.0.0:8080 DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["appointed", "health"]
ENTRYPOINT ["appointed"]
CMD ["serve"]

# syntax=docker/dockerfile:1

# Node.js for wasm-opt, which makes the app small.
FROM node:22-bookworm-slim AS node

FROM rust:1.95-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY web/package.json web/package-lock.json web/
RUN npm ci --prefix web --no-fund --no-audit
COPY . .
ENV SQLX_OFFLINE=true CARGO_INCREMENTAL=0
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/src/target,sharing=locked \
    web/compile web \
 && cargo run --quiet --locked --profile tools --package bundle -- \
        target/wasm/wasm32-unknown-unknown/web web web/dist \
 && cargo build --quiet --locked --release --package api \
 && cp target/release/appointed /appointed

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin appointed \
 && install -d -o appointed -g appointed -m 0700 /data
COPY --from=build /appointed /usr/local/bin/appointed
USER appointed
# There is no PostgreSQL in here: DATABASE_URL names one.
ENV LISTEN=0.0.0.0:8080 DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD \
    ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["appointed"]
CMD ["serve"]

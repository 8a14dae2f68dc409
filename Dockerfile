# syntax=docker/dockerfile:1
FROM rust:1.95-slim-trixie AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package odoo-mcp-server && \
    cp target/release/odoo-mcp-server /usr/bin/
# The image is the program and the few libraries that it loads. Not static with musl: musl's allocator costs time in
# every call. The C library's own resolver needs no further files, only to be told to look into /etc/hosts first.
RUN mkdir -p /image/etc /image/tmp && \
    ldd /usr/bin/odoo-mcp-server | grep --only-matching '/[^ ]*' | xargs cp --dereference --parents --target-directory=/image && \
    cp --parents --target-directory=/image /usr/bin/odoo-mcp-server && \
    echo 'hosts: files dns' > /image/etc/nsswitch.conf && \
    echo 'gateway:x:65532:65532::/:/nologin' > /image/etc/passwd && \
    chmod 1777 /image/tmp

FROM scratch
COPY --from=build /image /
USER 65532:65532
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/usr/bin/odoo-mcp-server", "healthcheck"]
ENTRYPOINT ["/usr/bin/odoo-mcp-server"]

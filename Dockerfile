# Parley with its packages, its seed articles and its embedding model: it runs without a network.
# docs/docker.md says how to use it; docker/check-steps runs these steps without a Docker engine.

# A digest pins it: --build-arg BASE=python@sha256:...
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS packages
# Set, this has pip write byte code that goes by the source's hash, not by its date.
ARG SOURCE_DATE_EPOCH=315532800
ENV PATH=/app/venv/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /app/venv
WORKDIR /build
COPY requirements.lock ./
# The lock holds all that is needed, and leaves out some that packages ask for (lock.excludes).
# The secret `pip`, a pip.conf, names another package index where there is one; no layer holds it.
RUN --mount=type=cache,target=/root/.cache/pip --mount=type=secret,id=pip,target=/etc/pip.conf \
    python -m pip install --quiet --no-deps --require-hashes -r requirements.lock

FROM packages AS code
ARG SOURCE_DATE_EPOCH=315532800
COPY LICENSE README.md pyproject.toml ./
COPY evals ./evals
COPY parley ./parley
COPY prompts ./prompts
COPY retrieval ./retrieval
COPY service ./service
COPY seeds ./seeds
# Whatever the checkout's modes are, any user may read the articles.
RUN chmod -R a+rX seeds \
    && python -m pip wheel --quiet --no-deps --no-index --no-build-isolation --wheel-dir /wheels .

FROM code AS model
# What the cache holds is verified each time, and fetched anew where it is not what it should be.
RUN --mount=type=cache,target=/cache/model --mount=type=secret,id=pip,target=/etc/pip.conf \
    PARLEY_MODEL_DIR=/cache/model python -m service.terminal.cli fetch-model \
    && mkdir -p /app/model && cp /cache/model/*.* /app/model/

FROM ${BASE}
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Parley" \
      org.opencontainers.image.description="Answers questions about a negotiation from the news articles that report it, every sentence tied to an exact quotation." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-SA-4.0"
ENV PATH=/app/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    ORT_DISABLE_TELEMETRY=1 \
    PARLEY_HOST=0.0.0.0 \
    PARLEY_PORT=8000 \
    PARLEY_DATA_DIR=/data \
    PARLEY_SEEDS_DIR=/app/seeds \
    PARLEY_MODEL_DIR=/app/model
# What changes least comes first: a new version of Parley is one small layer, the last but one.
COPY --from=packages /app/venv /app/venv
COPY --from=model /app/model /app/model
COPY --from=code /build/seeds /app/seeds
RUN --mount=type=bind,from=code,source=/wheels,target=/wheels \
    SOURCE_DATE_EPOCH=315532800 python -m pip install --quiet --no-deps --no-index --no-cache-dir \
    --disable-pip-version-check --root-user-action=ignore /wheels/*.whl
# A number, so that an orchestrator can see that it isn't root; it needs no entry in /etc/passwd.
RUN mkdir -m 0700 /data && chown 10001:10001 /data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# http.client, unlike urllib, never goes through a proxy.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --start-interval=2s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PARLEY_PORT']), timeout=8); c.request('GET', '/readyz'); sys.exit(c.getresponse().status != 200)"]
CMD ["parley", "serve"]

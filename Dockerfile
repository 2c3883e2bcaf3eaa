# One image for every node of the pipeline on Kubeflow, and for `quickdraw` anywhere; docs/kubeflow.md tells how to build it.
ARG PYTHON=3.10.18

# Has a compiler, for the two locked packages that come as C without a wheel: crcmod and pyfarmhash.
FROM python:${PYTHON}-bookworm AS build
WORKDIR /src
COPY requirements/bootstrap.lock requirements/image.lock requirements/
RUN python -m venv /opt/uv \
    && /opt/uv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/bootstrap.lock \
    && python -m venv --without-pip /opt/packages
# Without C++ headers and clang's library, which are for those who extend TensorFlow: half a gigabyte.
RUN /opt/uv/bin/uv pip sync --no-cache --compile-bytecode --require-hashes --python /opt/packages/bin/python \
        requirements/image.lock \
    && rm -r /opt/packages/lib/python3.10/site-packages/*/include /opt/packages/lib/python3.10/site-packages/clang
COPY pyproject.toml README.md LICENSE ./
COPY schema schema
COPY components components
COPY serving serving
COPY pipeline pipeline
# Beside the packages, so that a change of the code is a small layer. A .pth and not PYTHONPATH, which `python -I` ignores.
RUN /opt/uv/bin/uv pip install --no-cache --compile-bytecode --no-deps --no-build-isolation \
        --python /opt/packages/bin/python --target /opt/quickdraw . \
    && echo /opt/quickdraw > /opt/packages/lib/python3.10/site-packages/quickdraw.pth

FROM python:${PYTHON}-slim-bookworm
ARG REVISION=unknown
LABEL org.opencontainers.image.title="quickdraw" \
      org.opencontainers.image.description="The doodle pipeline: every node's code, and the quickdraw command" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/packages /opt/packages
COPY --from=build /opt/quickdraw /opt/quickdraw
# KFP mounts empty folders and runs as whoever the cluster says; what needs a home finds one that anybody may write to.
ENV PATH=/opt/quickdraw/bin:/opt/packages/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TF_CPP_MIN_LOG_LEVEL=2
WORKDIR /tmp
# A number: Kubernetes cannot tell whether a name is root's.
USER 10001:10001
ENTRYPOINT ["quickdraw"]
CMD ["--help"]

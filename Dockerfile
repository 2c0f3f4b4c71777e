# The suite and ew in one image; which services a container runs says --services. Build it from the root of the repository:
#   docker build -t early-warning:1.0.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
RUN dotnet restore services/Host --locked-mode && dotnet restore services/Cli --locked-mode

# Lock files name no runtime, so that publishing cannot compile ahead of time; the build has done so, and what it made goes over what was published. The
# suite is published last: what both have it needs as it is.
RUN for project in Cli Host; do \
      dotnet publish services/$project -c Release --no-restore -o /app \
        -p:DebugType=none -p:PublishDocumentationFile=false -p:PublishReferencesDocumentationFiles=false -v quiet || exit 1; \
    done \
 && cp artifacts/obj/Cli/release/ahead/*.dll /app/ \
 && cp artifacts/obj/Host/release/ahead/*.dll /app/ \
 && cp LICENSE /app/

# No shell, no package manager, and an account of its own with the id 1654.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
LABEL org.opencontainers.image.title="Early Warning" \
      org.opencontainers.image.description="Scores atrocity risk, warns, and follows each warning until somebody answers" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /app /app
WORKDIR /app
USER 1654:1654
EXPOSE 5050 5051 5052 11111
# Nothing is written but into --data and /tmp, so that the rest may be read-only. Health is asked at /healthz and /readyz, by whatever runs the container.
ENTRYPOINT ["/app/EarlyWarning.Host"]

# docker build -t serenade .
# docker run -p 8080:8080 serenade
# docker run -p 8080:8080 -v serenade-history:/history serenade --history /history
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -B -ntp -q -Dmaven.test.skip=true -pl cli -am package

FROM eclipse-temurin:17-jre
RUN useradd --uid 10001 --no-create-home serenade \
  && install -d -o serenade -m 700 /history
# The archives of classes fit this folder only if the build had the same; Java goes on without them.
COPY --from=build /build/cli/target/serenade /opt/serenade
USER serenade
EXPOSE 8080
VOLUME /history
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["/opt/serenade/bin/serenade", "serve", "--host", "0.0.0.0"]

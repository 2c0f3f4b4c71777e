{{/* The variables of a process. */}}
{{- define "early-warning.environment" -}}
{{- $values := .root.Values -}}
- name: POD_IP
  valueFrom: { fieldRef: { fieldPath: status.podIP } }
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- name: EW_CLUSTER
  value: {{ include "early-warning.podAddress" .root | printf "%s:11111" | quote }}
- name: EW_PEER
  value: {{ include "early-warning.podAddress" .root | printf "%s:5052" | quote }}
- name: EW_STORE
  valueFrom: { secretKeyRef: { name: {{ $values.store.secretName }}, key: {{ $values.store.secretKey }} } }
- name: EW_KEYS
  value: /etc/early-warning/keys/keys.json
- name: EW_HOST
  value: {{ include "early-warning.hosts" .root | quote }}
# Each pod has a folder of its own, which goes with it: journals stay in the store.
- name: EW_ARCHIVE_AFTER
  value: never
{{- with $values.origins }}
- name: EW_ORIGIN
  value: {{ join "," . | quote }}
{{- end }}
{{- with $values.limits }}
- name: EW_LIMIT
  value: {{ join "," . | quote }}
{{- end }}
{{- if $values.access.secretName }}
- name: EW_ACCESS
  value: /etc/early-warning/access/access.yaml
{{- end }}
{{- if and (eq .name "notification") $values.directory.secretName }}
- name: EW_DIRECTORY
  value: /etc/early-warning/directory/directory.yaml
{{- end }}
{{- if and (eq .name "escalation") $values.ladder.configMapName }}
- name: EW_LADDER
  value: /etc/early-warning/ladder/ladder.yaml
{{- end }}
{{- if $values.tls.secretName }}
- name: EW_TLS_CERT
  value: /etc/early-warning/tls/tls.crt
- name: EW_TLS_KEY
  value: /etc/early-warning/tls/tls.key
{{- if $values.tls.clientCa }}
- name: EW_TLS_CLIENT_CA
  value: /etc/early-warning/tls/ca.crt
{{- end }}
{{- end }}
{{- if and (eq .name "scoring") $values.cache.secretName }}
- name: EW_CACHE
  valueFrom: { secretKeyRef: { name: {{ $values.cache.secretName }}, key: {{ $values.cache.secretKey }} } }
{{- end }}
{{- if .process.appId }}
{{- if .process.appPort }}
- name: APP_PORT
  value: {{ .process.appPort | quote }}
{{- end }}
# The injector tells the application where its sidecar is, and nothing of the tokens.
- name: DAPR_API_TOKEN
  valueFrom: { secretKeyRef: { name: {{ $values.dapr.apiTokenSecretName }}, key: token } }
- name: APP_API_TOKEN
  valueFrom: { secretKeyRef: { name: {{ $values.dapr.appTokenSecretName }}, key: token } }
{{- end }}
- name: Logging__Console__FormatterName
  value: {{ $values.logFormat | quote }}
{{- if $values.otlp.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ $values.otlp.endpoint | quote }}
- name: OTEL_EXPORTER_OTLP_PROTOCOL
  value: {{ $values.otlp.protocol | quote }}
- name: OTEL_RESOURCE_ATTRIBUTES
  value: {{ printf "k8s.namespace.name=%s,k8s.pod.name=$(POD_NAME),service.namespace=%s" .root.Release.Namespace .root.Release.Name | quote }}
{{- with $values.otlp.headersSecretName }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom: { secretKeyRef: { name: {{ . }}, key: headers } }
{{- end }}
{{- end }}
{{- with $values.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Where a process finds its files. */}}
{{- define "early-warning.mounts" -}}
{{- $values := .root.Values -}}
- { name: data, mountPath: /var/lib/early-warning }
- { name: tmp, mountPath: /tmp }
- { name: keys, mountPath: /etc/early-warning/keys, readOnly: true }
{{- if $values.access.secretName }}
- { name: access, mountPath: /etc/early-warning/access, readOnly: true }
{{- end }}
{{- if and (eq .name "notification") $values.directory.secretName }}
- { name: directory, mountPath: /etc/early-warning/directory, readOnly: true }
{{- end }}
{{- if and (eq .name "escalation") $values.ladder.configMapName }}
- { name: ladder, mountPath: /etc/early-warning/ladder, readOnly: true }
{{- end }}
{{- if $values.tls.secretName }}
- { name: tls, mountPath: /etc/early-warning/tls, readOnly: true }
{{- end }}
{{- if $values.store.caSecretName }}
- { name: store-ca, mountPath: /etc/early-warning/store-ca, readOnly: true }
{{- end }}
{{- end -}}

{{- define "early-warning.volumes" -}}
{{- $values := .root.Values -}}
- name: data
  emptyDir: { sizeLimit: 1Gi }
- name: tmp
  emptyDir: { sizeLimit: 256Mi }
- name: keys
  secret: { secretName: {{ $values.keys.secretName }}, defaultMode: 0440 }
{{- with $values.access.secretName }}
- name: access
  secret: { secretName: {{ . }}, defaultMode: 0440 }
{{- end }}
{{- if and (eq .name "notification") $values.directory.secretName }}
- name: directory
  secret: { secretName: {{ $values.directory.secretName }}, defaultMode: 0440 }
{{- end }}
{{- if and (eq .name "escalation") $values.ladder.configMapName }}
- name: ladder
  configMap: { name: {{ $values.ladder.configMapName }} }
{{- end }}
{{- with $values.tls.secretName }}
- name: tls
  secret: { secretName: {{ . }}, defaultMode: 0440 }
{{- end }}
{{- with $values.store.caSecretName }}
- name: store-ca
  secret: { secretName: {{ . }}, defaultMode: 0440 }
{{- end }}
{{- end -}}

{{/* What the injector of Dapr reads: one app id a pod, its token secrets, and how the application is watched. */}}
{{- define "early-warning.daprAnnotations" -}}
{{- $dapr := .root.Values.dapr -}}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .process.appId }}
dapr.io/config: {{ include "early-warning.fullname" .root }}
dapr.io/api-token-secret: {{ $dapr.apiTokenSecretName }}
dapr.io/app-token-secret: {{ $dapr.appTokenSecretName }}
{{- if .process.appPort }}
dapr.io/app-port: {{ .process.appPort | quote }}
dapr.io/app-protocol: grpc
# daprd stops delivering while the application is away, so that messages wait instead of draining to the dead letters.
dapr.io/enable-app-health-check: "true"
dapr.io/app-health-probe-interval: "1"
dapr.io/app-health-probe-timeout: "500"
dapr.io/app-health-threshold: "2"
{{- end }}
# What the application still publishes while it stops goes out: the sidecar ends after it.
dapr.io/block-shutdown-duration: 20s
dapr.io/graceful-shutdown-seconds: "5"
# Secrets of components come by Dapr's operator; the pod has no token for the cluster's API.
dapr.io/disable-builtin-k8s-secret-store: "true"
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
dapr.io/log-as-json: {{ eq .root.Values.logFormat "json" | quote }}
dapr.io/sidecar-cpu-request: {{ $dapr.sidecarResources.requests.cpu | quote }}
dapr.io/sidecar-memory-request: {{ $dapr.sidecarResources.requests.memory | quote }}
dapr.io/sidecar-memory-limit: {{ $dapr.sidecarResources.limits.memory | quote }}
{{- end -}}

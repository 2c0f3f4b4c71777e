{{/* The name of everything that belongs to the release. */}}
{{- define "early-warning.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{/* By which the release's own pods are chosen; a Deployment cannot change it. */}}
{{- define "early-warning.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* What every object of the release is labelled with. */}}
{{- define "early-warning.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: early-warning
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
{{ include "early-warning.selector" . }}
{{- end -}}

{{- define "early-warning.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/*
What runs where: for each Deployment the services of its process, and, where one of them speaks through Dapr, its app id and the port on loopback at
which its sidecar delivers to it. Risk only publishes, so that it has none.
*/}}
{{- define "early-warning.processes" -}}
silos: { services: "indicators,risk", appId: risk, appPort: 0 }
scoring: { services: scoring, appId: "", appPort: 0 }
notification: { services: notification, appId: notification, appPort: 5162 }
escalation: { services: escalation, appId: escalation, appPort: 5172 }
ledger: { services: ledger, appId: "", appPort: 0 }
board: { services: board, appId: "", appPort: 0 }
{{- end -}}

{{/* The address of a pod, as it stands before a port. */}}
{{- define "early-warning.podAddress" -}}
{{ if .Values.ipv6 }}[$(POD_IP)]{{ else }}$(POD_IP){{ end }}
{{- end -}}

{{/* Every address of a pod, as it stands before a port. */}}
{{- define "early-warning.anyAddress" -}}
{{ if .Values.ipv6 }}[::]{{ else }}0.0.0.0{{ end }}
{{- end -}}

{{/* The names by which the suite is called: those of its Service, of its Ingresses, and those that values add. */}}
{{- define "early-warning.hosts" -}}
{{- $service := include "early-warning.fullname" . -}}
{{- $inside := printf "%s.%s.svc" $service .Release.Namespace -}}
{{- $names := list $service (trimSuffix ".svc" $inside) $inside (printf "%s.%s" $inside .Values.clusterDomain) -}}
{{- if .Values.ingress.enabled -}}
{{- $names = concat $names (compact (list .Values.ingress.host .Values.ingress.grpc.host)) -}}
{{- end -}}
{{- join "," (uniq (concat $names .Values.hosts)) -}}
{{- end -}}

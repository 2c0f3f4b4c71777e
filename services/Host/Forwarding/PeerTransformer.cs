using System.Net;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Tls;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace EarlyWarning.Host.Forwarding;

/// <summary>
/// What a call is forwarded as: itself, with how it reached this process. What it is answered takes the place of what this process would
/// say beside it.
/// </summary>
/// <param name="options">Where pages are served.</param>
/// <param name="tls">Knows the certificate of the suite's own clients; <see langword="null"/> where there is none.</param>
internal sealed class PeerTransformer(SuiteOptions options, TlsCertificates? tls) : HttpTransformer
{
    private static readonly UriCreationOptions s_asItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly string _pages = options.Http.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

        // As it was sent: an id may have a slash as %2F.
        if (httpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target && target.StartsWith('/'))
        {
            proxyRequest.RequestUri = new($"{destinationPrefix}{target}", s_asItIs);
        }

        // Whatever the caller says of this kind, it is no process of the suite.
        foreach (
            var claimed in proxyRequest
                .Headers.NonValidated.Select(header => header.Key)
                .Where(name => name.StartsWith(PeerHeaders.Prefix, StringComparison.OrdinalIgnoreCase))
                .ToList()
        )
        {
            proxyRequest.Headers.Remove(claimed);
        }

        // The connection is made to the process's address and no other, whatever names callers use.
        proxyRequest.Headers.Host = null;
        var (headers, request) = (proxyRequest.Headers, httpContext.Request);
        headers.TryAddWithoutValidation(PeerHeaders.Host, request.Host.Value);
        headers.TryAddWithoutValidation(PeerHeaders.Scheme, request.Scheme);
        headers.TryAddWithoutValidation(PeerHeaders.Pages, _pages);
        headers.TryAddWithoutValidation(
            PeerHeaders.Address,
            httpContext.Connection.RemoteIpAddress?.ToString() ?? IPAddress.None.ToString()
        );
        if (tls?.Callers is { } callers && httpContext.Connection.ClientCertificate is { } shown)
        {
            headers.TryAddWithoutValidation(
                PeerHeaders.Certificate,
                callers.IsOwn(shown)
                    ? PeerHeaders.OwnCertificate
                    : string.Join(',', callers.ShownBy(shown).Select(certificate => Convert.ToBase64String(certificate.RawData)))
            );
        }
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext,
        HttpResponseMessage? proxyResponse,
        CancellationToken cancellationToken
    )
    {
        if (proxyResponse is not null)
        {
            var headers = httpContext.Response.Headers;
            foreach (
                var name in proxyResponse
                    .Headers.NonValidated.Concat(proxyResponse.Content.Headers.NonValidated)
                    .Select(header => header.Key)
            )
            {
                headers.Remove(name);
            }
        }

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Directory;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Tracing;

namespace EarlyWarning.Notification.Channels.Webhook;

/// <summary>Sends by webhook. Connections are pooled and kept; redirects are not followed.</summary>
internal sealed class WebhookChannel : IChannel, IDisposable
{
    private readonly NotificationOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookChannel(NotificationOptions options, Suite suite, TimeProvider time)
        : this(options, suite, time, Dns.GetHostAddressesAsync) { }

    /// <summary>Makes one that asks for names' addresses as it is told.</summary>
    internal WebhookChannel(
        NotificationOptions options,
        Suite suite,
        TimeProvider time,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve
    )
    {
        (_options, _time) = (options, time);
        _http = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // Loopback is this machine: a proxy has no part in it.
                UseProxy = !suite.Exercise,
                Proxy = suite.Exercise ? null : new DirectLoopback(HttpClient.DefaultProxy),
                ConnectTimeout = options.AttemptTimeout,
                // The attempt's own span is named to the receiver, below; another between the two would be seen by nobody.
                ActivityHeadersPropagator = null,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(4),
                ConnectCallback = new WebhookConnections(new(options, suite.Exercise), resolve).ConnectAsync,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("EarlyWarning", "1"));
    }

    public V1.ChannelKind Kind => V1.ChannelKind.Webhook;

    public bool HasWhatIsStored => false;

    public async Task<AttemptOutcome> SendAsync(ChannelTarget target, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var body = WebhookPayload.Make(message.Told, message.Source);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        var timestamp = WebhookSignature.Timestamp(_time.GetUtcNow());
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Make(target.Secrets, message.Id, timestamp, body));
        if (Traces.Current is { Length: > 0 } trace)
        {
            request.Headers.Add("traceparent", trace);
        }

        using var deadline = new CancellationTokenSource(_options.AttemptTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            Activity.Current?.SetTag("http.request.method", "POST").SetTag("server.address", target.Url!.Host);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            Activity.Current?.SetTag("http.response.status_code", (int)response.StatusCode);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, $"No answer within {_options.AttemptTimeout.TotalSeconds:0.###} s.");
        }
        catch (HttpRequestException e) when (e.InnerException is WebhookRefusedException refused)
        {
            return new(false, refused.Message);
        }
        catch (HttpRequestException e)
        {
            return new(false, $"{e.HttpRequestError}: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private AttemptOutcome Judge(HttpResponseMessage response)
    {
        var code = (int)response.StatusCode;
        var answer = $"HTTP {code} {response.StatusCode}";
        var retryAfter = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;
        return code switch
        {
            >= 200 and < 300 => new(true, answer),
            >= 300 and < 400 => new(false, $"{answer}: redirects are not followed; correct the address in the directory.", retryAfter),
            401 or 403 => new(false, $"{answer}: the destination refuses who sends; see its access rules and the secret.", retryAfter),
            410 => new(false, $"{answer}: the destination says that it is no more.", Gone: true),
            _ => new(false, answer, retryAfter),
        };
    }

    private sealed class DirectLoopback(IWebProxy inner) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => inner.Credentials;
            set => inner.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => inner.GetProxy(destination);

        public bool IsBypassed(Uri host) => WebhookAddress.IsLoopback(host) || inner.IsBypassed(host);
    }
}

using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using EarlyWarning.Notification.Delivery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>A destination on loopback that keeps what it gets and answers as told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "a secret of sufficient length";

    private readonly WebApplication _app;
    private readonly Channel<Received> _received = System.Threading.Channels.Channel.CreateUnbounded<Received>();
    private int _count;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Answers a request, by its number from 1. By default everything is taken.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public string Address => _app.Urls.First() + "/hook";

    public int Count => Volatile.Read(ref _count);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers the first requests with these statuses and takes the rest.</summary>
    public void AnswerWith(params int[] statuses) => Answer = (context, number) =>
    {
        context.Response.StatusCode = number <= statuses.Length ? statuses[number - 1] : 200;
        return Task.CompletedTask;
    };

    /// <summary>Waits for the next request.</summary>
    public async Task<Received> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _received.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var number = Interlocked.Increment(ref _count);
        _received.Writer.TryWrite(new(
            number,
            context.Request.Headers["Idempotency-Key"].ToString(),
            context.Request.Headers[WebhookSignature.Header].ToString(),
            context.Request.ContentType ?? "",
            body.ToArray()));
        await Answer(context, number);
    }

    internal sealed record Received(int Number, string IdempotencyKey, string Signature, string ContentType, byte[] Body)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }
}

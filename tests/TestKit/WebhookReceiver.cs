using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.TestKit;

/// <summary>A person's system on loopback: it keeps every call that reaches it, and answers as told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WebhookCall> _calls = new();
    private readonly Channel<WebhookCall> _next = Channel.CreateUnbounded<WebhookCall>();
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

    /// <summary>Every call so far.</summary>
    public IReadOnlyList<WebhookCall> Calls => [.. _calls];

    public int Count => Volatile.Read(ref _count);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers the first requests with these statuses and takes the rest.</summary>
    public void AnswerWith(params int[] statuses) =>
        Answer = (context, number) =>
        {
            context.Response.StatusCode = number <= statuses.Length ? statuses[number - 1] : 200;
            return Task.CompletedTask;
        };

    /// <summary>Waits for the next call.</summary>
    public async Task<WebhookCall> NextAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        return await _next.Reader.ReadAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var number = Interlocked.Increment(ref _count);
        var call = new WebhookCall(
            number,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()
        );
        _calls.Enqueue(call);
        _next.Writer.TryWrite(call);
        await Answer(context, number);
    }
}

/// <summary>One call of a webhook.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Headers">What stands above the body.</param>
/// <param name="Body">The body.</param>
public sealed record WebhookCall(int Number, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public DateTimeOffset At { get; } = DateTimeOffset.UtcNow;

    public string Id => Headers.GetValueOrDefault("webhook-id", "");

    public string ContentType => Headers.GetValueOrDefault("Content-Type", "");

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>What recipients are told.</summary>
    public JsonElement Notification => Json.GetProperty("data").GetProperty("notification");

    /// <summary>The breach that they are told of.</summary>
    public JsonElement Breach => Json.GetProperty("data").GetProperty("breach");
}

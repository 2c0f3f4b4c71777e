using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using EarlyWarning.Host.Composition;
using EarlyWarning.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.EndToEnd.Tests.Storms;

/// <summary>A person's system that keeps of each warning when it first came; it goes down and comes back at one address.</summary>
internal sealed class StormReceiver(string name) : IAsyncDisposable
{
    private readonly int _port = FreePort.Take();
    private readonly ConcurrentDictionary<string, Arrival> _arrivals = new();
    private WebApplication? _app;
    private int _calls;

    public string Name { get; } = name;

    public string Address => $"http://127.0.0.1:{_port}/hook";

    /// <summary>What it waits for before it takes anything: nothing, or the end of a fault.</summary>
    public Task Hanging { get; set; } = Task.CompletedTask;

    /// <summary>The first of each id.</summary>
    public IReadOnlyCollection<Arrival> Arrivals => [.. _arrivals.Values];

    /// <summary>How many ids it has.</summary>
    public int Count => _arrivals.Count;

    /// <summary>How many calls it has taken, those of an id that it had included.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public async Task UpAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Run(TakeAsync);
        await _app.StartAsync();
    }

    /// <summary>Ends it as a failing machine does: what is under way gets no answer, and nothing listens.</summary>
    public async Task DownAsync()
    {
        await _app!.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        await Hanging.WaitAsync(context.RequestAborted);
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var data = body.RootElement.GetProperty("data");
        var told = data.GetProperty("notification");
        if (data.TryGetProperty("breach", out var breach))
        {
            Interlocked.Increment(ref _calls);
            _arrivals.TryAdd(
                context.Request.Headers["webhook-id"].ToString(),
                new(
                    breach.GetProperty("name").GetString()!,
                    breach.GetProperty("threshold").GetProperty("severity").GetString() == "SEVERITY_EMERGENCY"
                        ? Severity.Emergency
                        : Severity.Advisory,
                    breach.GetProperty("fireTime").GetDateTimeOffset(),
                    told.GetProperty("createTime").GetDateTimeOffset(),
                    DateTimeOffset.UtcNow
                )
            );
        }
    }
}

/// <summary>A warning as it first came.</summary>
/// <param name="Breach">What it warns of.</param>
/// <param name="Severity">Emergency, or advisory for all that is less.</param>
/// <param name="Fired">When what was observed passed the threshold.</param>
/// <param name="Made">When the suite made the message.</param>
/// <param name="At">When it came.</param>
internal sealed record Arrival(string Breach, Severity Severity, DateTimeOffset Fired, DateTimeOffset Made, DateTimeOffset At)
{
    /// <summary>The whole way: report, decision, topic, message, delivery.</summary>
    public TimeSpan Delay => At - Fired;
}

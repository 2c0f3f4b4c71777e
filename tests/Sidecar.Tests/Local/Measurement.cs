using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dapr.Client;
using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <summary>
/// How fast the local sidecar is on the embedded store, SDK and app included, all in one process. It runs only when asked for:
/// <c>dotnet run --project tests/Sidecar.Tests -c Release -- -class '*Measurement' -explicit only -showLiveOutput</c>.
/// It checks that everything arrived and judges no figure.
/// </summary>
public sealed class Measurement(ITestOutputHelper output)
{
    private const string A = "conformance-a";
    private const int Latencies = 5_000;
    private const int Burst = 20_000;
    private const int Publishers = 32;

    private readonly ConcurrentDictionary<string, (long Sent, TaskCompletionSource<double> Arrived)> _under = new();

    [Fact(Explicit = true)]
    public async Task PublishToDelivery()
    {
        await using var store = new EmbeddedStore();
        await store.StartAsync();
        await using var app = new CallbackApp(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters"))
        {
            Otherwise = request =>
            {
                if (_under.TryRemove(request.Id, out var sent))
                {
                    sent.Arrived.TrySetResult(Stopwatch.GetElapsedTime(sent.Sent).TotalMilliseconds);
                }

                return TopicEventResponseStatus.Success;
            },
        };
        await app.StartAsync();
        await using var sidecar = new LocalSidecar(store.Journals, LocalSidecar.Options([new(A, [app.Port])]));
        await sidecar.StartAsync();
        using var client = sidecar.Client(A);

        await LatenciesAsync(client, "warm", 2_000);
        Report("one at a time, publish to delivery", await LatenciesAsync(client, "one", Latencies));

        var started = Stopwatch.GetTimestamp();
        var bursts = await Task.WhenAll(
            Enumerable.Range(0, Publishers).Select(p => Task.Run(() => LatenciesAsync(client, $"p{p}", Burst / Publishers)))
        );
        var elapsed = Stopwatch.GetElapsedTime(started);
        Report($"{Publishers} publishers, each awaiting its delivery", [.. bursts.SelectMany(burst => burst)]);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{Burst / elapsed.TotalSeconds:N0} published and delivered a second")
        );

        Assert.Empty(_under);
        await Eventually.HoldsAsync(() => sidecar.Host.Undelivered.Count == 0, "nothing undelivered");
    }

    private async Task<List<double>> LatenciesAsync(DaprClient client, string prefix, int count)
    {
        var data = Encoding.UTF8.GetBytes($$"""{"explanation":"{{new string('x', 1_000)}}"}""");
        List<double> latencies = new(count);
        for (var n = 0; n < count; n++)
        {
            var id = $"{prefix}-{n}";
            var arrived = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
            _under[id] = (Stopwatch.GetTimestamp(), arrived);
            await client.PublishByteEventAsync(
                "warnings",
                "orders",
                data,
                "application/json",
                new() { ["cloudevent.id"] = id, ["cloudevent.subject"] = id }
            );
            latencies.Add(await arrived.Task);
        }

        return latencies;
    }

    private void Report(string what, List<double> latencies)
    {
        latencies.Sort();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {latencies.Count} events of 1 KB, p50 {latencies[latencies.Count / 2]:N2} ms, p99 "
                    + $"{latencies[latencies.Count * 99 / 100]:N2} ms"
            )
        );
    }
}

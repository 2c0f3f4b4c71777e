using System.Globalization;
using EarlyWarning.Driver.Scenarios;
using EarlyWarning.Driver.Targets;
using EarlyWarning.V1;
using Grpc.Net.Client;

namespace EarlyWarning.Driver;

/// <summary>Loads a suite that runs already, by several of its addresses, and says which of its processes used how much.</summary>
internal static class OutsideReport
{
    public static async Task<int> RunAsync(
        LoadShape shape,
        IReadOnlyList<Uri> endpoints,
        IReadOnlyList<MeasuredProcess> processes,
        TextWriter console,
        CancellationToken cancellationToken
    )
    {
        GrpcChannel[] channels =
        [
            .. endpoints.Select(address =>
                GrpcChannel.ForAddress(
                    address,
                    new()
                    {
                        MaxReceiveMessageSize = 64 << 20,
                        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
                        DisposeHttpClient = true,
                    }
                )
            ),
        ];
        try
        {
            var run = Guid.NewGuid().ToString("N")[..6];
            var catalogue = new CatalogueService.CatalogueServiceClient(channels[0]);
            if (
                (await catalogue.ListFrameworksAsync(new() { PageSize = 500 }, cancellationToken: cancellationToken)).Frameworks.All(one =>
                    one.Name != LoadFramework.Name
                )
            )
            {
                await LoadFramework.DefineAsync(channels[0], shape.Indicators, cancellationToken);
            }

            await new Throughput(channels, shape, $"{run}-warm").RunAsync(0, shape.Warmup, cancellationToken);
            var before = processes.Select(process => process.ProcessorTime()).ToArray();
            var result = await new Throughput(channels, shape, run).RunAsync(0, shape.Seconds, cancellationToken);
            var items = Math.Max(1, result.Recorded + result.Duplicates);
            Say(
                $"acknowledged durably              {result.PerSecond, 10:N0} observations/s   ({result.Elapsed.TotalSeconds:0} s, {channels.Length} addresses, {shape.Countries} countries × {shape.Indicators} indicators, batches of {shape.Batch}, {shape.Streams} streams × {shape.InFlight} in flight)"
            );
            Say($"batch acknowledged, median        {result.Latency.GetValueAtPercentile(50) / 1e3, 10:0.0} ms");
            Say($"batch acknowledged, p99           {result.Latency.GetValueAtPercentile(99) / 1e3, 10:0.0} ms");
            foreach (var (process, used) in processes.Zip(before, (process, earlier) => (process, process.ProcessorTime() - earlier)))
            {
                Say(
                    $"{process.Name, -20} {used.TotalMicroseconds / items, 10:0.00} µs an observation   ({used / result.Elapsed:P0} of a processor)"
                );
            }

            return result.Other == 0 ? 0 : 1;
        }
        finally
        {
            Array.ForEach(channels, channel => channel.Dispose());
        }

        void Say(FormattableString line) => console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }
}

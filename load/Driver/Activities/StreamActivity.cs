using System.Diagnostics;
using EarlyWarning.Driver.Partners;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Activities;

/// <summary>Partners that stream batches, each on a stream of its own, which is opened anew where it ended.</summary>
/// <param name="bench">What the run shares.</param>
/// <param name="flow">The flow.</param>
/// <param name="partners">How many partners; callers and calls are spread over them.</param>
/// <param name="batch">Observations in a batch.</param>
/// <param name="sharing">All of them report of all countries.</param>
/// <param name="late">How many of a hundred are older than the newest of their series.</param>
internal sealed class StreamActivity(Workbench bench, string flow, int partners, int batch, bool sharing = false, int late = 0) : IActivity
{
    private readonly Lane[] _lanes = [.. bench.Partners(flow, partners, sharing).Select(partner => new Lane(partner))];

    public async Task<Called> CallAsync(long number, CancellationToken cancellationToken)
    {
        var lane = _lanes[number % _lanes.Length];
        var request = new StreamObservationsRequest();
        lock (lane.Partner.Observations)
        {
            lane.Partner.Observations.Fill(request.Observations, batch, late);
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            var answer = await lane.Stream().SendAsync(request);
            return new(bench.Answers.Add(request.Observations, answer.Outcomes), began);
        }
        catch (RpcException)
        {
            bench.Answers.Fail(batch);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
        {
            await lane.DisposeAsync();
        }
    }

    private sealed class Lane(Partner partner) : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private ObservationStream? _stream;

        public Partner Partner => partner;

        public ObservationStream Stream()
        {
            lock (_gate)
            {
                return _stream is { IsOver: false } open ? open : _stream = new(partner.Suite);
            }
        }

        public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

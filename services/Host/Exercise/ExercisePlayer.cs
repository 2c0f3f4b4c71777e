using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Host.Exercise;

/// <summary>
/// Plays a scenario as an ordinary partner would: through the public gRPC API, over the network, with nothing of its own.
/// </summary>
public sealed class ExercisePlayer(GrpcChannel channel, Scenario scenario, TimeProvider time, TextWriter console)
{
    /// <summary>Plays until it is cancelled.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var catalogue = new CatalogueService.CatalogueServiceClient(channel);
        List<Framework> frameworks = [];
        foreach (var id in scenario.Frameworks)
        {
            frameworks.Add(
                (await catalogue.GetFrameworkAsync(new() { Name = $"frameworks/{id}" }, cancellationToken: cancellationToken)).Framework
            );
        }

        var info = await new ServerService.ServerServiceClient(channel).GetServerInfoAsync(new(), cancellationToken: cancellationToken);
        if (!info.Exercise)
        {
            throw new InvalidOperationException("A scenario is played into an exercise only.");
        }

        var world = new ScenarioWorld(scenario, frameworks, await IndicatorsAsync(catalogue, cancellationToken));
        var start = time.GetUtcNow();
        using var stream = new ObservationService.ObservationServiceClient(channel).StreamObservations(
            cancellationToken: cancellationToken
        );
        await SendAsync(stream, world.First(start), info.Limits.MaxBatchItems, cancellationToken);

        var announced = new HashSet<Deterioration>();
        using var rounds = new PeriodicTimer(scenario.Step, time);
        while (await rounds.WaitForNextTickAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            foreach (var begun in scenario.Deteriorations.Where(d => now - start >= d.At && announced.Add(d)))
            {
                await console.WriteLineAsync($"EXERCISE  scenario      {begun.Country}: {begun.Say}");
            }

            await SendAsync(stream, world.Next(now - start, now), info.Limits.MaxBatchItems, cancellationToken);
        }
    }

    private static async Task<List<Indicator>> IndicatorsAsync(
        CatalogueService.CatalogueServiceClient catalogue,
        CancellationToken cancellationToken
    )
    {
        List<Indicator> indicators = [];
        var token = "";
        do
        {
            var page = await catalogue.ListIndicatorsAsync(
                new() { PageSize = 1_000, PageToken = token },
                cancellationToken: cancellationToken
            );
            indicators.AddRange(page.Indicators);
            token = page.NextPageToken;
        } while (token.Length > 0);
        return indicators;
    }

    /// <summary>
    /// Sends the observations in batches and waits for each answer: a round is over when all of it is durable and decided.
    /// </summary>
    private async Task SendAsync(
        AsyncDuplexStreamingCall<StreamObservationsRequest, StreamObservationsResponse> stream,
        IEnumerable<Observation> observations,
        int most,
        CancellationToken cancellationToken
    )
    {
        foreach (var batch in observations.Chunk(Math.Min(most, 1_000)))
        {
            await stream.RequestStream.WriteAsync(new() { Sequence = ++_sequence, Observations = { batch } }, cancellationToken);
            if (!await stream.ResponseStream.MoveNext(cancellationToken))
            {
                return;
            }

            foreach (var problem in stream.ResponseStream.Current.Problems)
            {
                await console.WriteLineAsync($"EXERCISE  refused       {problem.Field}: {problem.Message}");
            }
        }
    }

    private long _sequence;
}

using System.Globalization;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Host.Exercise;

/// <summary>Tells on the console what an exercise does to the suite, from the same watches that any operator may open.</summary>
public sealed class ExerciseNarrator(GrpcChannel channel, string framework, TimeProvider time, TextWriter console)
{
    private const int LongestLine = 260;
    private static readonly TimeSpan s_rankingEvery = TimeSpan.FromSeconds(15);

    /// <summary>Tells until it is cancelled.</summary>
    public Task TellAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(RankingsAsync(cancellationToken), BreachesAsync(cancellationToken), CasesAsync(cancellationToken));

    private async Task RankingsAsync(CancellationToken cancellationToken)
    {
        var risks = new RiskService.RiskServiceClient(channel);
        using var timer = new PeriodicTimer(s_rankingEvery, time);
        using var first = risks.WatchCountryRisks(new() { Parent = $"frameworks/{framework}" }, cancellationToken: cancellationToken);
        // The first ranking is worth telling as soon as there is one; after that a steady beat is enough.
        await foreach (var change in first.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (change.Risks.Any(risk => risk.HasScore))
            {
                break;
            }
        }

        do
        {
            var ranking = await risks.RankCountriesAsync(
                new() { Parent = $"frameworks/{framework}", PageSize = 5 },
                cancellationToken: cancellationToken
            );
            await SayAsync(
                "ranking",
                string.Join(
                    "   ",
                    ranking
                        .Risks.Where(risk => risk.HasScore)
                        .Select(risk =>
                            string.Create(CultureInfo.InvariantCulture, $"{risk.Rank}. {risk.Country} {risk.Score:0.0} {risk.Level}")
                        )
                )
            );
        } while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task BreachesAsync(CancellationToken cancellationToken)
    {
        using var watch = new BreachService.BreachServiceClient(channel).WatchBreaches(new(), cancellationToken: cancellationToken);
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            await SayAsync($"breach {change.Breach.State.ToString().ToLowerInvariant()}", change.Breach.Sentence);
        }
    }

    private async Task CasesAsync(CancellationToken cancellationToken)
    {
        var told = new HashSet<string>();
        using var watch = new CaseService.CaseServiceClient(channel).WatchCases(new(), cancellationToken: cancellationToken);
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            foreach (var entry in change.Case?.Entries ?? [])
            {
                await SayAsync("case", $"{change.Case!.CountryName}: {entry.Text}");
            }

            foreach (
                var climb in change.Case?.Climbs.Where(climb =>
                    climb is { State: Case.Types.State.AwaitingAcknowledgement, DueTime: not null }
                ) ?? []
            )
            {
                var id = change.Case!.Name["cases/".Length..];
                if (told.Add($"{id} {climb.Number} {climb.CurrentStep}"))
                {
                    await SayAsync(
                        "case open",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{id} waits for an acknowledgement until {climb.DueTime.ToDateTimeOffset():HH:mm:ss} UTC; see: ew case {id}"
                        )
                    );
                }
            }
        }
    }

    /// <summary>One line each; the page and <c>ew</c> have the whole text.</summary>
    private Task SayAsync(string what, string text) =>
        console.WriteLineAsync($"EXERCISE  {what, -13} {(text.Length <= LongestLine ? text : $"{text[..LongestLine]}…")}");
}

using System.Globalization;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Rankings;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Grpc.Core;

namespace EarlyWarning.Risk.Api;

/// <content>The watch on the countries' risks: states, conflated.</content>
internal sealed partial class RiskApi
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    /// <summary>However long the ranges took, and whichever country kept the others waiting, what is new is told of after this.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    public override async Task WatchCountryRisks(
        V1.WatchCountryRisksRequest request,
        IServerStreamWriter<V1.WatchCountryRisksResponse> responseStream,
        ServerCallContext context
    )
    {
        var framework = ParseParent(request.Parent);
        CheckStands(framework, asOf: null);
        var ranking = grains.GetGrain<IRankingGrain>(framework);
        RequestFilters.Countries(request.Countries, IsKnown);
        var version = ResumeToken(request);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var first = true;
        while (!ending.IsCancellationRequested)
        {
            var changes = await ranking.ChangesAfterAsync(version, [.. request.Countries]).WaitAsync(ending.Token);

            // Nothing will ever change again under a framework that is retired meanwhile: the watch ends by name instead of falling silent.
            CheckStands(framework, asOf: null);
            version = changes.Version;
            var began = time.GetTimestamp();
            var risks = await WithRangesAsync(changes.Risks, ending.Token);
            var response = new V1.WatchCountryRisksResponse
            {
                Risks = { risks },
                ResumeToken = tokens.Encode(
                    request,
                    $"{version.Activation:N}-{version.Sequence.ToString("D19", CultureInfo.InvariantCulture)}"
                ),
            };

            // The first answer is sent even where it is empty, so that a reader knows that it sees the present state.
            if (first || response.Risks.Count > 0)
            {
                await responseStream.WriteAsync(response, ending.Token);
            }

            first = false;

            // What changes meanwhile comes together in the next response; and drawing ranges takes about a quarter of a processor.
            var rest = TimeSpan.FromTicks(Math.Clamp(3 * time.GetElapsedTime(began).Ticks, s_pace.Ticks, s_longest.Ticks));
            await Task.Delay(rest, time, ending.Token);
        }
    }

    // The newest state of each, with its range; its place is that of the ranking that told of it.
    private async Task<IEnumerable<V1.CountryRisk>> WithRangesAsync(
        IEnumerable<V1.CountryRisk> changed,
        CancellationToken cancellationToken
    )
    {
        var told = changed.ToList();
        var risks = await Task.WhenAll(
                told.Select(risk => grains.GetGrain<ICountryGrain>(risk.Country).GetRiskAsync(new(risk.Name.Split('/')[1])))
            )
            .WaitAsync(cancellationToken);
        return risks.Zip(told, (newest, last) =>
        {
            var risk = RankOrder.WithoutNodes(newest ?? last);
            risk.ClearRank();
            if (last.HasRank && RankOrder.IsRanked(risk))
            {
                risk.Rank = last.Rank;
            }

            return risk;
        });
    }

    private RankingVersion ResumeToken(V1.WatchCountryRisksRequest request)
    {
        if (request.ResumeToken.Length == 0)
        {
            return default;
        }

        return
            tokens.PlaceOf(request, "resume_token", request.ResumeToken).Split('-') is [var activation, var sequence]
            && Guid.TryParseExact(activation, "N", out var id)
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(id, number)
            : throw Fault.Field(V1.ErrorReason.InvalidToken, "resume_token", "The token is not one of ours. Start without one.");
    }
}

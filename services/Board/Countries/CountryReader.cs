using System.Collections.Concurrent;
using EarlyWarning.Board.Calls;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Board.Countries;

/// <summary>
/// Asks the suite for all that a country's page shows, in one viewer's name. Only the score itself must be answered: what else is not, is
/// said in its place.
/// </summary>
internal sealed class CountryReader(SuiteClient suite, PastScores past, CountryQuestion question, CallOptions call)
{
    private const int MostChanges = 1000;
    private const int MostBreaches = 200;
    private const int MostCases = 20;
    private const int MostMessages = 8;

    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    /// <param name="active">The active version of the framework.</param>
    /// <param name="now">The suite's clock.</param>
    /// <exception cref="RpcException">The score is not answered.</exception>
    public async Task<CountryFile> ReadAsync(Framework active, DateTimeOffset now)
    {
        var asOf = question.AsKnownAt?.ToTimestamp();
        var explaining = suite.Risks.ExplainCountryRiskAsync(
            new()
            {
                Name = question.Name,
                AsOf = asOf,
                Since = question.SinceWhen(now).ToTimestamp(),
            },
            call
        );
        var changing = suite.Risks.ListRiskHistoryAsync(
            new()
            {
                Name = question.Name,
                Before = asOf,
                PageSize = MostChanges,
            },
            call
        );
        var warning = TryAsync("warnings", () => question.WithWarnings ? WarningsAsync(asOf) : Task.FromResult<CountryWarnings?>(null));
        var watching = TryAsync("thresholds", ThresholdsAsync);
        var knowing = TryAsync("indicators", IndicatorsAsync);
        var beside = TryAsync("beside", () => BesideAsync(asOf));
        var explained = await explaining;
        var history = await changing;
        var framework =
            explained.Risk.Framework == active.Name
                ? active
                : (await suite.Catalogue.GetFrameworkAsync(new() { Name = explained.Risk.Framework }, call)).Framework;
        List<RiskChange> changes = [.. history.Changes.Reverse()];
        var end = question.AsKnownAt ?? now;
        var moments = MomentsOf(changes.FirstOrDefault()?.Time.ToDateTimeOffset(), end);
        var samples = await TryAsync("samples", () => past.AtAsync(question.Name, moments, call));
        var risk = explained.Risk;
        return new()
        {
            Framework = framework,
            Explained = explained,
            Changes = changes,
            IsCut = history.NextPageToken.Length > 0,
            Samples = [.. samples ?? [], new(end, risk.HasScore ? risk.Score : null, risk.Interval)],
            Thresholds = await watching ?? [],
            Indicators = await knowing ?? new Dictionary<string, Indicator>(),
            Warnings = await warning,
            Beside = await beside,
            Faults = _faults,
        };
    }

    /// <summary>
    /// Some over the whole span, because a backfill may reach back before the first decision, and where that lies within, some after it.
    /// </summary>
    private IReadOnlyList<DateTimeOffset> MomentsOf(DateTimeOffset? first, DateTimeOffset end)
    {
        var span = ScoreSpan.Until(CountryAddress.Length(question.Span), first, end, top: 1);
        var since = first > span.From ? span with { From = first.Value } : span;
        return [.. span.Sampled.Concat(since.Sampled).Where(at => at < end).Distinct().Order()];
    }

    private async Task<CountryWarnings?> WarningsAsync(Timestamp? before)
    {
        var breaching = suite.Breaches.ListBreachesAsync(
            new()
            {
                Countries = { question.Country },
                Framework = $"frameworks/{question.Framework}",
                FiredBefore = before,
                PageSize = MostBreaches,
            },
            call
        );
        var opening = suite.Cases.ListCasesAsync(
            new()
            {
                Countries = { question.Country },
                OpenedBefore = before,
                PageSize = MostCases,
            },
            call
        );
        var telling = suite.Notifications.ListNotificationsAsync(
            new()
            {
                Countries = { question.Country },
                CreatedBefore = before,
                PageSize = MostMessages,
            },
            call
        );
        var (breaches, cases, messages) = (await breaching, await opening, await telling);
        return new(
            breaches.Breaches,
            (int)breaches.TotalSize,
            cases.Cases,
            (int)cases.TotalSize,
            messages.Notifications,
            (int)messages.TotalSize
        );
    }

    private async Task<IReadOnlyList<Threshold>?> ThresholdsAsync()
    {
        List<Threshold> found = [];
        ListThresholdsResponse? page = null;
        while (page is not { NextPageToken.Length: 0 })
        {
            page = await suite.Thresholds.ListThresholdsAsync(new() { PageSize = 1000, PageToken = page?.NextPageToken ?? "" }, call);
            found.AddRange(page.Thresholds);
        }

        return
        [
            .. found.Where(one =>
                one.Framework == $"frameworks/{question.Framework}"
                && !one.Disabled
                && (one.Countries.Count == 0 || one.Countries.Contains(question.Country))
            ),
        ];
    }

    private async Task<IReadOnlyDictionary<string, Indicator>?> IndicatorsAsync()
    {
        Dictionary<string, Indicator> found = new(StringComparer.Ordinal);
        ListIndicatorsResponse? page = null;
        while (page is not { NextPageToken.Length: 0 })
        {
            page = await suite.Catalogue.ListIndicatorsAsync(new() { PageSize = 1000, PageToken = page?.NextPageToken ?? "" }, call);
            foreach (var one in page.Indicators)
            {
                found[one.Code] = one;
            }
        }

        return found;
    }

    private async Task<CountryRisk?> BesideAsync(Timestamp? asOf) =>
        question.Beside.Length == 0
            ? null
            : (
                await suite.Risks.GetCountryRiskAsync(
                    new() { Name = $"frameworks/{question.Beside}/risks/{question.Country}", AsOf = asOf },
                    call
                )
            ).Risk;

    private async Task<T?> TryAsync<T>(string part, Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (RpcException exception) when (exception.StatusCode != StatusCode.Cancelled)
        {
            _faults[part] = exception.Status.Detail;
            return null;
        }
    }
}

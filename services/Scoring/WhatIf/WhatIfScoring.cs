using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.Scoring.Scores;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;

namespace EarlyWarning.Scoring.WhatIf;

/// <summary>Answers what a country's risk would be if some indicators had other values.</summary>
internal sealed class WhatIfScoring(
    FrameworkResolver choices,
    CountryChoice countries,
    CountryValuesReader reader,
    Standings standings,
    MetThresholds thresholds
)
{
    public async Task<V1.WhatIfResponse> AnswerAsync(V1.WhatIfRequest request, CancellationToken cancellationToken)
    {
        var (framework, country) = choices.Risk(request.Name, "name", countries);
        RequestFilters.Countries(request.Countries, countries.Knows);
        var changes = Changes(framework, request);
        var moment = Moment.Of(request.At);
        var revision = choices.Revision;
        var inputs = new FrameworkInputs(framework.Compiled);
        var row = await reader.ReadAsync(country, inputs.Wanted, moment, cancellationToken);
        var before = inputs.Score(framework.Compiled, row);
        var after = Changed(before, row.Country, changes);
        var (stands, wouldStand) = await StandAsync(
            framework,
            inputs,
            moment,
            (country, RankKey.Of(before), RankKey.Of(after)),
            request.Countries,
            request.MinimumRevisions.Count > 0,
            cancellationToken
        );
        var response = new V1.WhatIfResponse
        {
            Before = UnitScores.Of(framework, country, before, stands?.Rank),
            After = UnitScores.Of(framework, country, after, wouldStand?.Rank),
            Effects = { Effects(framework, before, after) },
            RankedCount = (wouldStand ?? stands)?.Ranked ?? 0,
            CatalogueRevision = revision,
            ThresholdsMet = { await thresholds.FindAsync(framework, row, moment, before, after, cancellationToken) },
        };
        if (wouldStand is { Rank: var rank })
        {
            response.RankAfter = rank;
        }

        if (before.Score is { } from && after.Score is { } to)
        {
            var root = framework.Compiled.Root;
            response.FromMissing = after.FromMissing(root) - before.FromMissing(root);
            response.FromUncertainty = to - from - response.Effects.Sum(part => part.Amount) - response.FromMissing;
        }

        return response;
    }

    private static Dictionary<int, V1.WhatIfRequest.Types.Change> Changes(ChosenFramework framework, V1.WhatIfRequest request)
    {
        if (request.Changes.Count == 0)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "changes", "There are no changes. Give at least one.");
        }

        var changes = new Dictionary<int, V1.WhatIfRequest.Types.Change>();
        foreach (var change in request.Changes)
        {
            var path = $"changes[{changes.Count}]";
            var leaf = UnitInputs.LeafOf(framework, change.Indicator, path);
            if (change.HasValue)
            {
                UnitInputs.Checked(framework, change.Indicator, change.Value, path);
            }

            if (change.HasStandardError)
            {
                UnitInputs.CheckedError(change.StandardError, path);
            }

            if (!changes.TryAdd(leaf, change))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"{path}.indicator", $"'{change.Indicator}' is there twice. Leave one out.");
            }
        }

        return changes;
    }

    private static ScoreState Changed(ScoreState before, string country, Dictionary<int, V1.WhatIfRequest.Types.Change> changes)
    {
        var after = FrameworkInputs.Score(before.Framework, country, [], []);
        after.CopyFrom(before);
        foreach (var (leaf, change) in changes)
        {
            if (change.HasValue)
            {
                after.Set(leaf, change.Value, change.HasStandardError ? change.StandardError : null);
            }
            else
            {
                after.Clear(leaf);
            }
        }

        after.Update();
        return after;
    }

    private static IEnumerable<V1.Part> Effects(ChosenFramework framework, ScoreState before, ScoreState after)
    {
        var amounts = new double[framework.Compiled.LeafCount];
        if (!after.TryAttributeChange(before, amounts))
        {
            return [];
        }

        return amounts
            .Select((amount, leaf) => (Amount: amount, Leaf: leaf))
            .Where(part => part.Amount != 0)
            .OrderByDescending(part => Math.Abs(part.Amount))
            .Select(part => Part(framework, after, part.Leaf, part.Amount));
    }

    private static V1.Part Part(ChosenFramework framework, ScoreState after, int leaf, double amount)
    {
        var code = framework.Compiled.Leaves[leaf].Indicator;
        var part = new V1.Part
        {
            Code = code,
            DisplayName = framework.NameOf(code),
            Amount = amount,
        };
        if (after.LeafValue(leaf) is { } value)
        {
            part.Value = value;
        }

        return part;
    }

    private async Task<(Standing? Before, Standing? After)> StandAsync(
        ChosenFramework framework,
        FrameworkInputs inputs,
        Moment moment,
        (string Country, RankKey? Before, RankKey? After) places,
        IReadOnlyList<string> among,
        bool asRecorded,
        CancellationToken cancellationToken
    )
    {
        if (moment.IsNow)
        {
            return (
                await standings.StandAsync(framework, places.Country, places.Before, among, asRecorded, cancellationToken),
                await standings.StandAsync(framework, places.Country, places.After, among, asRecorded, cancellationToken)
            );
        }

        var rows = await reader.ReadAsync(among, inputs.Wanted, moment, cancellationToken);
        RankKey[] others =
        [
            .. rows.Where(row => row.Country != places.Country)
                .Select(row => RankKey.Of(inputs.Score(framework.Compiled, row)))
                .OfType<RankKey>(),
        ];
        return (Stand(places.Before), Stand(places.After));

        Standing? Stand(RankKey? place) => place is { } own ? Standing.Among(others, own) : null;
    }
}

using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// How two frameworks score and rank the same countries. Source: OECD and JRC, Handbook (2008), section 7, on the shift of ranks.
/// </summary>
/// <param name="Countries">The countries, in the order in which they were given.</param>
/// <param name="MeanAbsoluteShift">
/// The mean of the absolute differences of ranks, over the countries that have a rank in both; NaN without any.
/// </param>
/// <param name="LargestShift">The largest of them.</param>
/// <param name="Spearman">Spearman's rank correlation of the scores; NaN where it is not defined.</param>
/// <param name="Kendall">Kendall's tau-b.</param>
/// <param name="LevelChanges">How many countries are on another risk level, or have one in one of the two only.</param>
public sealed record RankingComparison(
    ImmutableArray<ScoreShift> Countries,
    double MeanAbsoluteShift,
    int LargestShift,
    double Spearman,
    double Kendall,
    int LevelChanges
)
{
    /// <summary>Compares two frameworks.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    /// <param name="countries">The countries.</param>
    /// <param name="cancellation">Ends the comparison early.</param>
    /// <returns>The comparison.</returns>
    public static RankingComparison Of(
        CompiledFramework before,
        CompiledFramework after,
        ImmutableArray<CountryValues> countries,
        CancellationToken cancellation = default
    ) => Between(ScoredCountry.All(before, countries, cancellation), ScoredCountry.All(after, countries, cancellation));

    /// <summary>Takes each option of each choice by itself and compares it with the framework as it is.</summary>
    /// <param name="framework">The framework as it is.</param>
    /// <param name="choices">The choices.</param>
    /// <param name="countries">The countries.</param>
    /// <param name="cancellation">Ends the comparison early.</param>
    /// <returns>A line an option, in the order of choices and options.</returns>
    public static ImmutableArray<ChoiceEffect> OneAtATime(
        CompiledFramework framework,
        ImmutableArray<MethodChoice> choices,
        ImmutableArray<CountryValues> countries,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(framework);
        var before = ScoredCountry.All(framework, countries, cancellation);
        return [.. choices.SelectMany(choice => choice.Options.Select(option => Effect(choice.Name, option)))];

        ChoiceEffect Effect(string choice, MethodOption option) =>
            CompiledFramework.TryCompile(option.Apply(framework.Model), out var other, out var errors)
                ? new ChoiceEffect(choice, option.Name, Between(before, ScoredCountry.All(other, countries, cancellation)), [])
                : new ChoiceEffect(choice, option.Name, null, errors);
    }

    private static RankingComparison Between(ScoredCountry[] before, ScoredCountry[] after)
    {
        var shifts = before
            .Zip(after, (old, now) => new ScoreShift(old.Country, old.Score, now.Score, old.Rank, now.Rank, old.Level, now.Level))
            .ToImmutableArray();
        var ranked = shifts.Where(shift => shift is { RankBefore: not null, RankAfter: not null }).ToArray();
        var distances = ranked.Select(shift => Math.Abs(shift.RankAfter!.Value - shift.RankBefore!.Value)).ToArray();
        var (x, y) = (
            ranked.Select(shift => shift.ScoreBefore!.Value).ToArray(),
            ranked.Select(shift => shift.ScoreAfter!.Value).ToArray()
        );
        return new RankingComparison(
            shifts,
            distances.Length == 0 ? double.NaN : distances.Average(),
            distances.DefaultIfEmpty().Max(),
            Correlations.Spearman(x, y),
            Correlations.Kendall(x, y),
            shifts.Count(shift => shift.LevelBefore != shift.LevelAfter)
        );
    }
}

/// <summary>One country under two frameworks.</summary>
/// <param name="Country">Its code.</param>
/// <param name="ScoreBefore">Its score under the one; null without one.</param>
/// <param name="ScoreAfter">Its score under the other.</param>
/// <param name="RankBefore">Its rank, 1 for the highest level and score, ties at the best of their ranks; null without a score.</param>
/// <param name="RankAfter">Its rank under the other.</param>
/// <param name="LevelBefore">The index of its risk level; −1 without a score.</param>
/// <param name="LevelAfter">The index of its risk level under the other.</param>
public sealed record ScoreShift(
    string Country,
    double? ScoreBefore,
    double? ScoreAfter,
    int? RankBefore,
    int? RankAfter,
    int LevelBefore,
    int LevelAfter
);

/// <summary>What one answer to one choice does to the ranking.</summary>
/// <param name="Choice">The choice's name.</param>
/// <param name="Option">The option's name.</param>
/// <param name="Comparison">The framework as it is beside the other; null where the option makes an invalid framework.</param>
/// <param name="Errors">Why it is invalid; empty where it is not.</param>
public sealed record ChoiceEffect(string Choice, string Option, RankingComparison? Comparison, ImmutableArray<ModelError> Errors);

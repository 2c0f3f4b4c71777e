using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Solving;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>Fits the members of an ensemble.</summary>
public static class EnsembleFit
{
    /// <summary>Fits members that count the same.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="plans">How each member is fitted, at least one.</param>
    /// <param name="progress">Is told the share of the members that are fitted.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>The ensemble.</returns>
    /// <exception cref="LeakedColumnException">A term uses an outcome or what tells of one to come.</exception>
    /// <exception cref="FittingException">There is no plan, or a member cannot be fitted.</exception>
    public static FittedEnsemble Equal(
        TrainingTable table,
        ImmutableArray<EnsemblePlan> plans,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        Check(table, plans);
        return new FittedEnsemble
        {
            Members = [.. plans.Select((plan, i) => Counted(new FittedMember(Fit(table, plan, cancellationToken), 1.0 / plans.Length), i))],
        };

        FittedMember Counted(FittedMember member, int i)
        {
            progress?.Report((i + 1.0) / plans.Length);
            return member;
        }
    }

    private static void Check(TrainingTable table, ImmutableArray<EnsemblePlan> plans)
    {
        if (plans.IsDefaultOrEmpty)
            throw new FittingException("plans", "There is none.", "Give at least one member.");
        foreach (var design in plans.Select(plan => plan.Design).Distinct())
            LeakGuard.Check(table, design);
    }

    /// <summary>For each member, the probability of each case by a fit without the case's fold.</summary>
    internal static double[][] HeldOut(
        TrainingTable table,
        ImmutableArray<EnsemblePlan> plans,
        FoldAssignment folds,
        IProgress<double>? progress,
        CancellationToken cancellationToken
    )
    {
        var probabilities = new double[plans.Length][];
        for (var i = 0; i < plans.Length; i++)
            probabilities[i] = new double[table.RowCount];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var outside = folds.Outside(table, fold);
            var inside = folds.Rows(fold, inside: true);
            for (var i = 0; i < plans.Length; i++)
            {
                CrossValidation.Score(table, Fit(outside, plans[i], cancellationToken), inside, probabilities[i]);
                progress?.Report(((fold * plans.Length) + i + 1.0) / (folds.Count * plans.Length));
            }
        }

        return probabilities;
    }

    private static FittedModel Fit(TrainingTable table, EnsemblePlan plan, CancellationToken cancellationToken) =>
        ElasticNet.FitUnguarded(
            plan.BootstrapSeed is { } seed ? Bootstrap.Sample(table, seed, plan.BootstrapGroups) : table,
            plan.Design,
            plan.Lambda,
            plan.Options,
            cancellationToken
        );
}
